/** The paths to what is in a value, so many steps deep. Names with a dot, a blank or a bracket are left to whoever types them. */
export function pathsIn(value: unknown, path: string, depth: number): readonly string[] {
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  return Object.entries(value)
    .filter(([key]) => /^\w+$/.test(key))
    .flatMap(([key, below]) => [`${path}.${key}`, ...pathsIn(below, `${path}.${key}`, depth - 1)])
}
