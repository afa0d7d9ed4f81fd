import { eventTypes, eventTypeNames, type EventKind, type EventType } from './event-types.ts'

/** A name that `${…}` in a payload template can stand for. */
export interface Variable {
  readonly about: string
  readonly example: unknown
  /** Whether `${name.path}` reaches into it. */
  readonly hasParts: boolean
  /** Where it has a value; elsewhere it renders blank. */
  readonly eventTypes: readonly EventType[]
}

const all = eventTypeNames
const withAuthor = all.filter((name) => eventTypes[name].family !== 'upkeep')
const inProjects = all.filter((name) => name !== 'WEBHOOK_DISABLED')
const versions = ofFamilies('version', 'alias').concat('ADD_ARTIFACT_TAG', 'REMOVE_ARTIFACT_TAG')
const collections = versions.concat('ADD_COLLECTION_TAG', 'REMOVE_COLLECTION_TAG', ...ofFamilies('collection'))
const metrics: readonly EventType[] = ['RUN_METRIC', 'RUN_METRIC_CHANGE', 'RUN_METRIC_ZSCORE']

/** Every payload variable. Names that W&B has mean what they mean there; the others are ours. */
export const variables = {
  event_type: text('The type of the event.', 'ADD_ARTIFACT_ALIAS', all),
  event_author: text('The person or service account who caused the event.', 'minji.park', withAuthor),
  event_id: text('The id of the event.', 'evt_01jz6q8v3w5x7y9z1a2b3c4d5e', all),
  event_time: text('When the event was recorded, in UTC.', '2026-11-24T14:03:22.118Z', all),
  entity_name: text('The team, person or organization that owns the change.', 'vision', all),
  project_name: text('The project or registry that owns the change.', 'wandb-registry-models', inProjects),
  automation_name: text('The name of the automation that fired.', 'Deploy to production', all),

  event_name: text('The name its sender gave the custom event.', 'evaluation.finished', ['CUSTOM']),
  event_subject: text('What the custom event is about.', 'churn-model', ['CUSTOM']),
  event_data: parts('What its sender put into the custom event.', { loss: { final: 0.42 } }, ['CUSTOM']),

  alias: text('The alias that was added or removed.', 'production', ofFamilies('alias')),
  tag: text('The tag that was added or removed.', 'europe', ofFamilies('tag')),
  artifact_collection_name: text('The collection the version is in.', 'churn-model', collections),
  artifact_type: text('The type of what the collection holds.', 'model', collections),
  artifact_version: text(
    'An internal reference to the version, which the SDK understands.',
    'wandb-artifact://_id/QXJ0aWZhY3Q6NDI=',
    versions,
  ),
  artifact_version_string: text(
    'The version by name: entity/project/collection, then `:alias` for alias events, else `:v` and its number.',
    'acme/wandb-registry-models/churn-model:v14',
    versions,
  ),
  artifact_version_index: text('The number of the version in its collection.', 14, versions),
  artifact_metadata: parts('The metadata of the version.', { accuracy: 0.9412 }, versions),
  artifact_aliases: parts('All aliases of the version in its collection.', ['latest', 'production'], versions),
  artifact_tags: parts('All tags of the version.', ['europe'], versions),
  artifact_description: text('The description of the version.', 'Trained on the autumn data.', versions),
  previous_version: text(
    'The version that had the alias before it moved.',
    'acme/wandb-registry-models/churn-model:v13',
    ['ADD_ARTIFACT_ALIAS'],
  ),
  previous_collection_name: text('The name the collection had before.', 'churn', ['RENAME_COLLECTION']),

  webhook_name: text('The webhook that was disabled.', 'deploy-bot', ['WEBHOOK_DISABLED']),
  paused_automation_name: text('The automation that paused itself.', 'Deploy to production', ['AUTOMATION_PAUSED']),
  reason: text('Why it was disabled or paused.', 'The receiver answered 410 Gone.', ofFamilies('upkeep')),

  run_name: text('The name the run is shown under.', 'sunny-sky-12', ofFamilies('run')),
  run_status: text('The state the run came into.', 'FINISHED', ['RUN_STATE']),
  metric_name: text('The metric that crossed its line.', 'val/loss', metrics),
  metric_values: parts('The values that were judged.', [0.31, 0.29], metrics),
  metric_filter: text('The condition in full.', 'average of val/loss over 5 values is below 0.3', metrics),
  metric_filter_short: text('The condition in short.', 'avg(val/loss) < 0.3', metrics),
  metric_current_status: text('The value that met the condition.', 0.29, metrics),
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof variables

function text<const Example extends string | number>(about: string, example: Example, types: readonly EventType[]) {
  return { about, example, hasParts: false, eventTypes: types }
}

function parts<const Example extends object>(about: string, example: Example, types: readonly EventType[]) {
  return { about, example, hasParts: true, eventTypes: types }
}

function ofFamilies(...families: readonly EventKind['family'][]): readonly EventType[] {
  return eventTypeNames.filter((name) => families.includes(eventTypes[name].family))
}
