import type { FieldClause } from './filter.ts'

/**
 * The values that a field's path leads to: none when it is missing, several when lists lie on the way. The whole path as
 * one key wins; else each step takes an own member, an element by its number, or goes into every element of a list.
 */
export function readPath(
  value: unknown,
  { path, wholeKey }: Pick<FieldClause, 'path' | 'wholeKey'>,
): readonly unknown[] {
  if (path.length === 0) return value === undefined ? [] : [value]
  if (path.length > 1 && isObject(value) && Object.hasOwn(value, wholeKey)) return [value[wholeKey]]
  let found: readonly unknown[] = [value]
  for (const step of path) {
    found = found.flatMap((one) => takeStep(one, step))
    if (found.length === 0) return found
  }
  return found
}

function takeStep(value: unknown, step: string): unknown[] {
  if (Array.isArray(value)) {
    const list = value as unknown[]
    const members = list.flatMap((one) => (isObject(one) ? takeStep(one, step) : []))
    return /^(?:0|[1-9][0-9]*)$/.test(step) && Number(step) < list.length ? [list[Number(step)], ...members] : members
  }
  return isObject(value) && Object.hasOwn(value, step) && value[step] !== undefined ? [value[step]] : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
