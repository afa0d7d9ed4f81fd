import type { Event } from '../../contract/event.ts'

/** What happened, with what it happened to: “An artifact alias is added: production”. */
export function spellEvent({ type, facts }: Event, titleOf: (type: string) => string): string {
  const told = ['alias', 'tag', 'name', 'webhook', 'automation']
    .map((name) => facts[name])
    .find((fact) => typeof fact === 'string')
  return told === undefined ? titleOf(type) : `${titleOf(type)}: ${told}`
}

/** Where: the version by its collection, or the subject. */
export function spellSubject({ places, subject }: Event): string {
  const collection = places[0]?.collection_name ?? null
  const version = places[0]?.version ?? null
  if (collection === null) return subject
  return version === null ? collection : `${collection}:${version}`
}
