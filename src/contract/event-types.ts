/** A field that a filter can test. */
export interface FilterField {
  /** `texts`: a list of texts, of which one suffices. `json`: any value, and every path below it. */
  readonly kind: 'text' | 'number' | 'texts' | 'json'
  readonly about: string
  readonly example: unknown
}

/** The fields that exist for an event type, by name. */
export type FieldSet = Readonly<Record<string, FilterField>>

export interface EventKind {
  /** What happened, as the pages say it. */
  readonly title: string
  readonly family: 'version' | 'alias' | 'tag' | 'collection' | 'upkeep' | 'custom' | 'run'
  /** Where an automation on it may stand. */
  readonly scopes: readonly ScopeType[]
  /** Whether this version of Signalbox records it; else the name is taken for later. */
  readonly recorded: boolean
  readonly fields: FieldSet
}

export type ScopeType = 'collection' | 'project' | 'entity'

const placeFields = {
  author: { kind: 'text', about: 'Name of the person or service account who caused the event.', example: 'minji.park' },
  project: { kind: 'text', about: 'Name of the project or registry.', example: 'wandb-registry-models' },
  entity: { kind: 'text', about: 'Name of the team, person or organization that owns it.', example: 'vision' },
} as const satisfies FieldSet

const collectionFields = {
  ...placeFields,
  collection: { kind: 'text', about: 'Name of the collection.', example: 'churn-model' },
  artifact_type: { kind: 'text', about: 'Type of what the collection holds.', example: 'model' },
} as const satisfies FieldSet

const versionFields = {
  ...collectionFields,
  alias: { kind: 'texts', about: 'The aliases of the version in this collection.', example: ['latest', 'production'] },
  tag: { kind: 'texts', about: 'The tags of the version.', example: ['europe'] },
  version_index: { kind: 'number', about: 'Number of the version in this collection.', example: 14 },
  metadata: { kind: 'json', about: 'The metadata of the version, at any depth.', example: { accuracy: 0.9412 } },
  description: { kind: 'text', about: 'The description of the version.', example: 'Trained on the autumn data.' },
} as const satisfies FieldSet

const aliasFields = {
  ...versionFields,
  alias: { kind: 'text', about: 'The alias that was added or removed.', example: 'production' },
} as const satisfies FieldSet

const versionTagFields = {
  ...versionFields,
  tag: { kind: 'text', about: 'The tag that was added or removed.', example: 'europe' },
} as const satisfies FieldSet

const collectionTagFields = {
  ...collectionFields,
  tag: { kind: 'text', about: 'The tag that was added or removed.', example: 'approved' },
} as const satisfies FieldSet

const runFields = {
  ...placeFields,
  display_name: { kind: 'text', about: 'The name the run is shown under.', example: 'sunny-sky-12' },
  config: { kind: 'json', about: 'The configuration of the run, at any depth.', example: { lr: 0.001 } },
  summary: { kind: 'json', about: 'The latest values the run logged, at any depth.', example: { loss: 0.42 } },
} as const satisfies FieldSet

const metricFields = {
  ...runFields,
  metric: { kind: 'text', about: 'Name of the metric that crossed its line.', example: 'val/loss' },
} as const satisfies FieldSet

const everywhere = ['collection', 'project', 'entity'] as const
const aboveCollections = ['project', 'entity'] as const

/** Every event type by its name on the wire. */
export const eventTypes = {
  LINK_ARTIFACT: {
    title: 'A new version is linked to a collection',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  UNLINK_ARTIFACT: {
    title: 'A version is unlinked from a collection',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  CREATE_ARTIFACT: {
    title: 'A new version is added to an artifact',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  DELETE_ARTIFACT: {
    title: 'A version is deleted',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  UPDATE_ARTIFACT_METADATA: {
    title: 'The metadata of a version changes',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  UPDATE_ARTIFACT_DESCRIPTION: {
    title: 'The description of a version changes',
    family: 'version',
    scopes: everywhere,
    recorded: true,
    fields: versionFields,
  },
  ADD_ARTIFACT_ALIAS: {
    title: 'An artifact alias is added',
    family: 'alias',
    scopes: everywhere,
    recorded: true,
    fields: aliasFields,
  },
  REMOVE_ARTIFACT_ALIAS: {
    title: 'An artifact alias is removed',
    family: 'alias',
    scopes: everywhere,
    recorded: true,
    fields: aliasFields,
  },
  ADD_ARTIFACT_TAG: {
    title: 'An artifact tag is added',
    family: 'tag',
    scopes: everywhere,
    recorded: true,
    fields: versionTagFields,
  },
  REMOVE_ARTIFACT_TAG: {
    title: 'An artifact tag is removed',
    family: 'tag',
    scopes: everywhere,
    recorded: true,
    fields: versionTagFields,
  },
  ADD_COLLECTION_TAG: {
    title: 'A collection tag is added',
    family: 'tag',
    scopes: everywhere,
    recorded: true,
    fields: collectionTagFields,
  },
  REMOVE_COLLECTION_TAG: {
    title: 'A collection tag is removed',
    family: 'tag',
    scopes: everywhere,
    recorded: true,
    fields: collectionTagFields,
  },
  CREATE_COLLECTION: {
    title: 'A collection is created',
    family: 'collection',
    scopes: aboveCollections,
    recorded: true,
    fields: collectionFields,
  },
  RENAME_COLLECTION: {
    title: 'A collection is renamed',
    family: 'collection',
    scopes: everywhere,
    recorded: true,
    fields: {
      ...collectionFields,
      previous_collection: { kind: 'text', about: 'The name it had before.', example: 'churn' },
    },
  },
  DELETE_COLLECTION: {
    title: 'A collection is deleted',
    family: 'collection',
    scopes: everywhere,
    recorded: true,
    fields: collectionFields,
  },
  WEBHOOK_DISABLED: {
    title: 'A webhook is disabled',
    family: 'upkeep',
    scopes: ['entity'],
    recorded: true,
    fields: {
      ...placeFields,
      webhook: { kind: 'text', about: 'Name of the webhook.', example: 'deploy-bot' },
      reason: { kind: 'text', about: 'Why it was disabled.', example: 'The receiver answered 410 Gone.' },
    },
  },
  AUTOMATION_PAUSED: {
    title: 'An automation pauses itself',
    family: 'upkeep',
    scopes: everywhere,
    recorded: true,
    fields: {
      ...placeFields,
      automation: { kind: 'text', about: 'Name of the automation.', example: 'Deploy to production' },
      reason: { kind: 'text', about: 'Why it paused.', example: 'It fired 61 times in a minute for one subject.' },
    },
  },
  CUSTOM: {
    title: 'A custom event is recorded',
    family: 'custom',
    scopes: aboveCollections,
    recorded: true,
    fields: {
      ...placeFields,
      name: { kind: 'text', about: 'The name its sender gave the event.', example: 'evaluation.finished' },
      subject: {
        kind: 'text',
        about: 'What it is about; events of one subject keep their order.',
        example: 'churn-model',
      },
      data: { kind: 'json', about: 'What its sender put in, at any depth.', example: { loss: { final: 0.42 } } },
    },
  },
  RUN_METRIC: {
    title: 'Run metrics threshold met',
    family: 'run',
    scopes: aboveCollections,
    recorded: false,
    fields: metricFields,
  },
  RUN_METRIC_CHANGE: {
    title: 'Run metrics change threshold met',
    family: 'run',
    scopes: aboveCollections,
    recorded: false,
    fields: metricFields,
  },
  RUN_METRIC_ZSCORE: {
    title: 'Run metrics z-score threshold met',
    family: 'run',
    scopes: aboveCollections,
    recorded: false,
    fields: metricFields,
  },
  RUN_STATE: {
    title: 'Run state change',
    family: 'run',
    scopes: aboveCollections,
    recorded: false,
    fields: {
      ...runFields,
      state: { kind: 'text', about: 'The state the run came into.', example: 'FINISHED' },
    },
  },
} as const satisfies Record<string, EventKind>

export type EventType = keyof typeof eventTypes

export const eventTypeNames = Object.keys(eventTypes) as readonly EventType[]
/** Those that happen today; the others are for runs. */
export const recordedEventTypes = eventTypeNames.filter((name) => eventTypes[name].recorded)
