import type { Draft } from './draft.ts'

/** What I changed over what they did; where both changed one thing, mine. */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Draft {
  const names = Object.keys(mine) as (keyof Draft)[]
  const changed = names.filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(base[name]))
  return { ...theirs, ...Object.fromEntries(changed.map((name) => [name, mine[name]])) }
}
