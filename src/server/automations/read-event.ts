import type { VariableName } from '../../contract/variables.ts'
import { spellUuid } from '../base/ids.ts'
import type { EventPlace, EventSnapshot } from './event-snapshot.ts'

/** What a filter's field stands for, seen from one place; undefined where the event has no such thing. */
export function readField(event: EventSnapshot, place: EventPlace, field: string): unknown {
  // The alias or tag that an event is about stands among its facts; other events have those of the version.
  if (Object.hasOwn(event.facts, field)) return event.facts[field]
  const { collection } = place
  switch (field) {
    case 'author':
      return event.author ?? undefined
    case 'project':
      return place.project ?? undefined
    case 'entity':
      return place.entity
    case 'collection':
      return collection?.name
    case 'artifact_type':
      return collection?.type
    case 'version_index':
      return collection?.version?.index
    case 'alias':
      return collection?.version?.aliases
    case 'tag':
      return event.facts['tags']
    default:
      return undefined
  }
}

/** What a payload's variable stands for, seen from the place that the automation fired through. */
export function readVariable(event: EventSnapshot, place: EventPlace, automationName: string, name: string): unknown {
  if (Object.hasOwn(ofEveryEvent, name))
    return ofEveryEvent[name as keyof typeof ofEveryEvent](event, place, automationName)
  if (Object.hasOwn(ofCollections, name)) return ofCollections[name as keyof typeof ofCollections](event, place)
  const fact = factOf[name as VariableName] ?? name
  return Object.hasOwn(event.facts, fact) ? event.facts[fact] : undefined
}

/** `entity/project/collection:v3`: how the SDK names a version in a collection. */
export function spellVersion({ entity, project, collection }: EventPlace, aliasOrIndex: string): string | undefined {
  return collection === undefined ? undefined : `${entity}/${project}/${collection.name}:${aliasOrIndex}`
}

/** `entity/project/collection`, as far as it goes. */
export function spellPlace({ entity, project, collection }: EventPlace): string {
  return [entity, project, collection?.name].filter((name) => typeof name === 'string').join('/')
}

const ofEveryEvent = {
  event_type: (event) => event.type,
  event_author: (event) => event.author ?? undefined,
  event_id: (event) => spellUuid('event', event.id),
  event_time: (event) => event.at.toISOString(),
  entity_name: (_, place) => place.entity,
  project_name: (_, place) => place.project ?? undefined,
  automation_name: (_event, _place, automationName) => automationName,
} as const satisfies Partial<
  Record<VariableName, (event: EventSnapshot, place: EventPlace, automationName: string) => unknown>
>

const ofCollections = {
  artifact_collection_name: (_, { collection }) => collection?.name,
  artifact_type: (_, { collection }) => collection?.type,
  artifact_version: (_, { collection }) =>
    collection?.version === undefined ? undefined : spellArtifact(collection.version.artifactId),
  artifact_version_string: ({ facts }, place) => {
    const version = place.collection?.version
    if (version === undefined) return undefined
    return spellVersion(place, typeof facts['alias'] === 'string' ? facts['alias'] : `v${version.index}`)
  },
  artifact_version_index: (_, { collection }) => collection?.version?.index,
  artifact_aliases: (_, { collection }) => collection?.version?.aliases,
} as const satisfies Partial<Record<VariableName, (event: EventSnapshot, place: EventPlace) => unknown>>

/** The reference that the SDK resolves: its own spelling of the artifact's id, in base64. */
function spellArtifact(artifactId: number): string {
  return `wandb-artifact://_id/${btoa(`Artifact:${artifactId}`)}`
}

/** Variables that are a fact of the event under another name. */
const factOf: Partial<Record<VariableName, string>> = {
  event_name: 'name',
  event_subject: 'subject',
  event_data: 'data',
  artifact_metadata: 'metadata',
  artifact_tags: 'tags',
  artifact_description: 'description',
  previous_collection_name: 'previous_collection',
  webhook_name: 'webhook',
  paused_automation_name: 'automation',
}
