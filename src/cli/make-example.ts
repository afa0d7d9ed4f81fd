import { Problem } from '../contract/problem.ts'
import { connect, type SignalboxClient } from '../sdk/connect.ts'
import { SignalboxProblem } from '../sdk/problem-error.ts'
import { RefusedError } from './failures.ts'
import { registryPrefix, type Example, type ExampleFile } from './try-example.ts'

interface Server {
  readonly url: string
  setUp(input: { organization: string; admin: string; password: string }): Promise<{ apiKey: string }>
}

const names = { secret: 'RECEIVER_TOKEN', webhook: 'example receiver', automation: 'Deploy to production' } as const

/** What the example is about: a collection of the project, and one of the registry that versions are linked to. */
export const exampleCollection = { name: 'churn-model', type: 'model' } as const
export const exampleAlias = 'production'

const payloadTemplate = `{
  "text": "\${event_author} put \${alias} on \${artifact_version_string}",
  "version": "\${artifact_version}",
  "accuracy": \${artifact_metadata.accuracy},
  "event": "\${event_id}"
}`

// Every step is written down when it is done, and does no harm when it is done again: a start may end at any of them.

/** The organization and its admin. Refused where somebody else has set up a Signalbox in this folder. */
export async function makeAdmin(server: Server, example: Example, file: ExampleFile): Promise<Example> {
  if (example.apiKey !== undefined) return example
  const { organization, admin, password } = example
  const isNew = file.read() === undefined
  file.write(example)
  try {
    const { apiKey } = await server.setUp({ organization, admin, password })
    return file.write({ ...example, apiKey })
  } catch (error) {
    if (!(error instanceof Problem && error.type === 'already-set-up')) throw error
    if (isNew) {
      file.forget()
      throw new RefusedError(
        'this folder holds a Signalbox that was not made by signalbox try',
        'signalbox serve for that one, or another folder with --data',
      )
    }
    const { key } = await connect({ url: server.url }).signIn({ name: admin, password })
    return file.write({ ...example, apiKey: key })
  }
}

/** Team, project, registry, their collections, secret, webhook and automation, over HTTP like anybody would. */
export async function makeExample(client: SignalboxClient, example: Example, file: ExampleFile): Promise<Example> {
  const { organization, team, project, registry, accessToken } = example
  await unlessTaken(client.teams.create(organization, { name: team }))
  await unlessTaken(client.projects.create({ team, name: project }))
  await unlessTaken(client.registries.create({ organization, name: registry.slice(registryPrefix.length) }))
  await unlessTaken(client.collections.create(`${team}/${project}`, exampleCollection))
  await unlessTaken(client.collections.create(`${organization}/${registry}`, exampleCollection))
  await unlessTaken(client.secrets.create(team, { name: names.secret, value: accessToken }))
  const withWebhook = file.write({ ...example, ...(await makeWebhook(client, example)) })
  return file.write({ ...withWebhook, automationId: await makeAutomation(client, withWebhook) })
}

/** The receiver's old port was taken by somebody else: its webhook goes where it listens now. */
export async function moveWebhook(client: SignalboxClient, example: Example, receiverPort: number): Promise<Example> {
  const moved = { ...example, receiverPort }
  if (example.webhookId === undefined || example.receiverPort === receiverPort) return moved
  const { revision } = await client.webhooks.get(example.webhookId)
  await client.webhooks.update(example.webhookId, { revision, url: urlOf(moved) })
  return moved
}

async function makeWebhook(
  client: SignalboxClient,
  example: Example,
): Promise<{ webhookId: string; signingSecret: string }> {
  const { webhookId, signingSecret, team } = example
  if (webhookId !== undefined && signingSecret !== undefined) return { webhookId, signingSecret }
  const { items } = await client.webhooks.list(team)
  const made = items.find(({ name }) => name === names.webhook)
  if (made !== undefined) {
    // Made by a start that ended before it had written the secret down; nobody else has it either.
    const rotated = await client.webhooks.rotateSigningSecret(made.id, { overlap_hours: 0 })
    await client.webhooks.update(made.id, {
      revision: (await client.webhooks.get(made.id)).revision,
      url: urlOf(example),
    })
    return { webhookId: made.id, signingSecret: rotated.signing_secret }
  }
  const webhook = await client.webhooks.create(team, {
    name: names.webhook,
    url: urlOf(example),
    access_token: names.secret,
  })
  return { webhookId: webhook.id, signingSecret: webhook.signing_secret }
}

async function makeAutomation(client: SignalboxClient, example: Example): Promise<string> {
  const registry = `${example.organization}/${example.registry}`
  const { items } = await client.automations.listOfProject(registry)
  const made = items.find(({ name }) => name === names.automation)
  if (made !== undefined) return made.id
  const automation = await client.automations.createInProject(registry, {
    name: names.automation,
    description: 'Made by signalbox try.',
    event_type: 'ADD_ARTIFACT_ALIAS',
    filter: { alias: { $regex: `^${exampleAlias}$` } },
    action: { type: 'webhook', webhook: example.webhookId!, template: payloadTemplate },
  })
  return automation.id
}

async function unlessTaken(made: Promise<unknown>): Promise<void> {
  try {
    await made
  } catch (error) {
    if (!(error instanceof SignalboxProblem && error.type === '/problems/name-taken')) throw error
  }
}

function urlOf({ receiverPort }: Example): string {
  return `http://127.0.0.1:${receiverPort}/hook`
}
