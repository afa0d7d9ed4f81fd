import * as z from 'zod'
import { eventTypeNames, eventTypes, type EventType } from './event-types.ts'
import { variables, type VariableName } from './variables.ts'

export const PresetQuery = z.strictObject({
  event_type: z
    .enum(eventTypeNames as [EventType, ...EventType[]])
    .default('ADD_ARTIFACT_ALIAS')
    .describe('Presets hold the variables that have a value for it.'),
})
export type PresetQuery = z.infer<typeof PresetQuery>

/** A webhook and a payload for a service that many send to, ready to be filled in. */
export const Preset = z.object({
  name: z.string(),
  title: z.string(),
  url: z.string().describe('With capitals where something of yours belongs; `${…}` where a secret does.'),
  access_token: z.string().nullable().describe('What to keep as the access token; null when the service takes none.'),
  secrets: z.array(z.object({ name: z.string(), about: z.string() })).describe('Secrets that its address refers to.'),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  template: z.string(),
  note: z.string(),
})
export type Preset = z.infer<typeof Preset>

export const Presets = z.object({ items: z.array(Preset) })

/** Presets for an event type: GitHub, Slack, Microsoft Teams, Discord, and one that says all there is to say. */
export function presetsFor(eventType: EventType): readonly Preset[] {
  return [github(eventType), slack(eventType), teams(eventType), discord(eventType), generic(eventType)]
}

function github(eventType: EventType): Preset {
  // GitHub takes at most ten members of client_payload, and an event_type of at most 100 characters.
  const members = [
    'event_author',
    'artifact_version',
    'artifact_version_string',
    'artifact_collection_name',
    'alias',
    'tag',
    'event_name',
    'event_subject',
    'project_name',
    'entity_name',
  ] as const
  const told = members.filter((name) => has(name, eventType))
  return {
    name: 'github',
    title: 'GitHub repository dispatch',
    url: 'https://api.github.com/repos/OWNER/REPOSITORY/dispatches',
    access_token: 'A token that may write the contents of the repository.',
    secrets: [],
    headers: [
      { name: 'Accept', value: 'application/vnd.github+json' },
      { name: 'X-GitHub-Api-Version', value: '2022-11-28' },
    ],
    template: write({
      event_type: '${event_type}',
      client_payload: Object.fromEntries(told.map((name) => [name, `\${${name}}`])),
    }),
    note: 'The workflow lists the event type below `on: repository_dispatch: types`, and reads `github.event.client_payload`.',
  }
}

function slack(eventType: EventType): Preset {
  return {
    name: 'slack',
    title: 'Slack incoming webhook',
    url: 'https://hooks.slack.com/services/WORKSPACE/WEBHOOK/${SLACK_TOKEN}',
    access_token: null,
    secrets: [{ name: 'SLACK_TOKEN', about: 'The last part of the address that Slack shows.' }],
    headers: [],
    template: write({
      text: headline(eventType),
      // Plain text, so that nothing in a value is taken for a link or a mention.
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: eventTypes[eventType].title } },
        {
          type: 'section',
          fields: factsFor(eventType).map(([label, value]) => ({ type: 'plain_text', text: `${label}: ${value}` })),
        },
        { type: 'divider' },
      ],
    }),
    note: 'Slack answers with the plain text `ok`.',
  }
}

function teams(eventType: EventType): Preset {
  return {
    name: 'teams',
    title: 'Microsoft Teams workflow',
    url: 'https://HOST.logic.azure.com/workflows/WORKFLOW/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${TEAMS_SIGNATURE}',
    access_token: null,
    secrets: [
      { name: 'TEAMS_SIGNATURE', about: 'The value of `sig` in the address that the workflow shows, decoded.' },
    ],
    headers: [],
    template: write({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              { type: 'TextBlock', size: 'Medium', weight: 'Bolder', wrap: true, text: eventTypes[eventType].title },
              { type: 'FactSet', facts: factsFor(eventType).map(([title, value]) => ({ title, value })) },
            ],
          },
        },
      ],
    }),
    note: 'Made with the template “Post to a channel when a webhook request is received”.',
  }
}

function discord(eventType: EventType): Preset {
  return {
    name: 'discord',
    title: 'Discord channel webhook',
    url: 'https://discord.com/api/webhooks/WEBHOOK/${DISCORD_TOKEN}',
    access_token: null,
    secrets: [{ name: 'DISCORD_TOKEN', about: 'The last part of the address that Discord shows.' }],
    headers: [],
    template: write({
      embeds: [
        {
          title: eventTypes[eventType].title,
          fields: factsFor(eventType).map(([name, value]) => ({ name, value, inline: true })),
        },
      ],
      // A value that says @everyone rings nobody.
      allowed_mentions: { parse: [] },
    }),
    note: 'Discord answers 204, and 429 with Retry-After when it is too much.',
  }
}

function generic(eventType: EventType): Preset {
  const members = (Object.keys(variables) as VariableName[]).filter((name) => has(name, eventType))
  const lines = members.map((name) => {
    const { hasParts } = variables[name]
    return `  ${JSON.stringify(name)}: ${hasParts || typeof variables[name].example === 'number' ? `\${${name}}` : `"\${${name}}"`}`
  })
  return {
    name: 'generic',
    title: 'Everything there is to say',
    url: 'https://HOST/PATH',
    access_token: null,
    secrets: [],
    headers: [],
    template: `{\n${lines.join(',\n')}\n}`,
    note: 'Metadata, lists and numbers arrive as JSON, other values as text.',
  }
}

/** What a person wants to read, with a word where a service refuses an empty text. */
function factsFor(eventType: EventType): readonly (readonly [label: string, value: string])[] {
  const facts = [
    ['Version', 'artifact_version_string'],
    ['Collection', 'artifact_collection_name'],
    ['Alias', 'alias'],
    ['Tag', 'tag'],
    ['Event', 'event_name'],
    ['Subject', 'event_subject'],
    ['Webhook', 'webhook_name'],
    ['Automation', 'paused_automation_name'],
    ['Reason', 'reason'],
    ['Run', 'run_name'],
    ['Project', 'project_name'],
    ['By', 'event_author'],
  ] as const
  return facts.flatMap(([label, name]) => (has(name, eventType) ? [[label, `\${${name}:-none}`] as const] : []))
}

function headline(eventType: EventType): string {
  const [first] = factsFor(eventType)
  return `${eventTypes[eventType].title}: ${first![1]}`
}

function has(name: VariableName, eventType: EventType): boolean {
  return variables[name].eventTypes.includes(eventType)
}

function write(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
