import type { Event } from '../../contract/event.ts'

/** What happened, with what it happened to: “An artifact alias is added: production”. */
export function spellEvent({ type, facts }: Event, titleOf: (type: string) => string): string {
  const told = ['alias', 'tag', 'name', 'webhook', 'automation']
    .map((name) => facts[name])
    .find((fact) => typeof fact === 'string')
  return told === undefined ? titleOf(type) : `${titleOf(type)}: ${told}`
}

/** The version by its collection as it is called in this project or registry, else where it was made; or the subject. */
export function spellSubject({ places, subject }: Event, project?: string): string {
  const place = places.find((found) => found.project === project) ?? places[0]
  const collection = place?.collection_name ?? null
  const version = place?.version ?? null
  if (collection === null) return subject
  return version === null ? collection : `${collection}:${version}`
}
