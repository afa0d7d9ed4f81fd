/** Whether two JSON values are the same; the order of members does not count. As deep as the shallower of the two. */
export function equalJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  return names.every((name) => Object.hasOwn(other, name) && equalJson(memberOf(one, name), memberOf(other, name)))
}

function memberOf(value: object, name: string): unknown {
  return (value as Record<string, unknown>)[name]
}
