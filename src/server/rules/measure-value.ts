import { limits } from '../base/limits.ts'

export type MeasuredValue =
  | { readonly ok: true; readonly items: number }
  | { readonly ok: false; readonly mistake: string }

/** Counts what a value consists of, or says why it cannot stand in a filter. Without recursion, however deep it is. */
export function measureValue(json: unknown): MeasuredValue {
  let level: readonly unknown[] = [json]
  let items = 0
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limits.filterDepthMax) return refuse(`A value is nested more than ${limits.filterDepthMax} deep.`)
    items += level.length
    const next: unknown[] = []
    for (const value of level) {
      const mistake = refuseScalar(value)
      if (mistake !== undefined) return refuse(mistake)
      if (typeof value === 'object' && value !== null) for (const inner of membersOf(value)) next.push(inner)
    }
    level = next
  }
  return { ok: true, items }
}

function refuse(mistake: string): MeasuredValue {
  return { ok: false, mistake }
}

function refuseScalar(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.length > limits.filterTextCharsMax)
      return `A text has at most ${limits.filterTextCharsMax} characters here.`
    if (value.includes('\0') || !value.isWellFormed())
      return 'A text cannot hold NUL or half of a character (a lone surrogate).'
    return undefined
  }
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'A number must be finite.'
  if (value === null || typeof value === 'boolean' || typeof value === 'object') return undefined
  return 'Only JSON can stand in a filter.'
}

/** Names are texts too. */
function membersOf(value: object): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : Object.entries(value).flat()
}
