import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SignalboxClient } from '../sdk/connect.ts'

/** What `try` has made in its folder, so that the next start finds it again. Readable by its owner only. */
export interface Example {
  readonly organization: string
  readonly admin: string
  readonly password: string
  readonly apiKey: string
  readonly team: string
  readonly project: string
  readonly registry: string
  readonly receiverPort: number
  readonly accessToken: string
  readonly webhookId?: string
  readonly signingSecret?: string
  readonly automationId?: string
  readonly deliveredMs?: number
}

export function readExample(dataFolder: string): Example | undefined {
  const path = fileOf(dataFolder)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Example) : undefined
}

export function writeExample(dataFolder: string, example: Example): Example {
  const path = fileOf(dataFolder)
  writeFileSync(`${path}.new`, `${JSON.stringify(example, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  return example
}

export function newExample(apiKey: string, password: string, receiverPort: number): Example {
  return {
    organization: 'example',
    admin: 'ada',
    password,
    apiKey,
    team: 'vision',
    project: 'demo',
    registry: 'wandb-registry-models',
    receiverPort,
    accessToken: randomBytes(24).toString('hex'),
  }
}

export const payloadTemplate = `{
  "text": "\${event_name}: \${event_subject} was evaluated by \${event_author}",
  "accuracy": \${event_data.accuracy},
  "project": "\${entity_name}/\${project_name}"
}`

/** Makes the example over HTTP, like anybody would. What an interrupted start has made already is left as it is. */
export async function makeExample(client: SignalboxClient, example: Example): Promise<Example> {
  const { organization, team, project, registry } = example
  await unlessTaken(() => client.organizations.createTeam(organization, { name: team }))
  await unlessTaken(() => client.projects.create({ team, name: project }))
  await unlessTaken(() => client.registries.create({ organization, name: registry.replace('wandb-registry-', '') }))
  await unlessTaken(() => client.secrets.create(team, { name: 'RECEIVER_TOKEN', value: example.accessToken }))
  const webhook = await client.webhooks.create(team, {
    name: `example receiver ${randomBytes(3).toString('hex')}`,
    url: `http://127.0.0.1:${example.receiverPort}/hook`,
    access_token: 'RECEIVER_TOKEN',
  })
  const automation = await client.automations.createInProject(project, {
    name: `tell the receiver ${randomBytes(3).toString('hex')}`,
    description: 'Made by signalbox try.',
    event_type: 'CUSTOM',
    filter: { name: 'evaluation.finished' },
    action: { type: 'webhook', webhook: webhook.id, template: payloadTemplate },
  })
  return { ...example, webhookId: webhook.id, signingSecret: webhook.signing_secret, automationId: automation.id }
}

async function unlessTaken(make: () => Promise<unknown>): Promise<void> {
  try {
    await make()
  } catch (error) {
    if (!(error instanceof Error && 'type' in error && error.type === '/problems/name-taken')) throw error
  }
}

function fileOf(dataFolder: string): string {
  return join(dataFolder, 'try.json')
}
