type Path = readonly (string | number)[]

/** Paths to every text in a JSON value. */
export function findLeaves(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (Array.isArray(value)) return value.flatMap((item, index) => findLeaves(item, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => findLeaves(member, [...path, name]))
}

/** A copy with one place changed. */
export function replaceAt(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === step ? replaceAt(item, rest, by) : item))
  const members = value as Record<string, unknown>
  return { ...members, [step]: replaceAt(members[step], rest, by) }
}
