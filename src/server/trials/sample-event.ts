import { eventTypes, type EventType, type FieldSet } from '../../contract/event-types.ts'
import { variables } from '../../contract/variables.ts'
import type { EventPlace, EventSnapshot } from '../automations/event-snapshot.ts'
import { makeUuid } from '../base/ids.ts'

/**
 * An event of this type as it might have happened in a place, filled with the examples of the contract. For looking at
 * what a filter and a payload would make of it; it is never recorded.
 */
export function makeSampleEvent(type: EventType, at: Date, where: EventPlace = examplePlace): EventSnapshot {
  const { family, fields } = eventTypes[type] as { readonly family: string; readonly fields: FieldSet }
  const inCollection = 'collection' in fields
  const ofVersion = 'version_index' in fields
  const project =
    type === 'WEBHOOK_DISABLED'
      ? { ...where, projectId: null, project: null }
      : { ...where, project: where.project ?? examplePlace.project }
  return {
    id: makeUuid(at),
    type,
    at,
    author: family === 'upkeep' ? null : variables.event_author.example,
    places: [inCollection ? { ...project, collection: exampleCollection(where, ofVersion) } : project],
    facts: {
      ...exampleFacts(fields),
      ...(ofVersion ? { tags: variables.artifact_tags.example } : {}),
      ...(family === 'run' ? exampleRunFacts : {}),
      ...(type === 'ADD_ARTIFACT_ALIAS' ? { previous_version: variables.previous_version.example } : {}),
    },
  }
}

const examplePlace: EventPlace = {
  projectId: null,
  project: variables.project_name.example,
  entityId: 0,
  entity: variables.entity_name.example,
  organizationEntityId: null,
}

function exampleCollection({ collection }: EventPlace, ofVersion: boolean): NonNullable<EventPlace['collection']> {
  const { id, name, type } = collection ?? {
    id: 0,
    name: variables.artifact_collection_name.example,
    type: variables.artifact_type.example,
  }
  const version = { artifactId: 42, index: 14, aliases: variables.artifact_aliases.example }
  return { id, name, type, ...(ofVersion ? { version } : {}) }
}

/** The fields of the type that its places do not tell. */
function exampleFacts(fields: FieldSet): Record<string, unknown> {
  const told = new Set(['author', 'project', 'entity', 'collection', 'artifact_type', 'version_index'])
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { kind, example }]) =>
      told.has(name) || kind === 'texts' ? [] : [[name, example]],
    ),
  )
}

const exampleRunFacts = {
  run_name: variables.run_name.example,
  run_status: variables.run_status.example,
  metric_name: variables.metric_name.example,
  metric_values: variables.metric_values.example,
  metric_filter: variables.metric_filter.example,
  metric_filter_short: variables.metric_filter_short.example,
  metric_current_status: variables.metric_current_status.example,
}
