import { beforeAll, expect, test } from 'vitest'
import type { Preset } from '../../src/contract/presets.ts'
import type { ReceivedRequest } from '../support/receiver.ts'
import { makeRegistry, type TestRegistry } from '../support/registry.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

/** Stand-ins for the services that presets are for: each answers as the service does, and refuses what breaks its published rules. */
interface Vendor {
  readonly answer: readonly [status: number, body: string]
  /** What the rules say of the request; empty when it keeps them all. */
  readonly judge: (request: ReceivedRequest, body: any) => string[]
}

const token = 'a/token of+some=length'

const vendors: Readonly<Record<string, Vendor>> = {
  github: {
    answer: [204, ''],
    judge: ({ path, headers }, body) => [
      ...need(path === '/repos/OWNER/REPOSITORY/dispatches', `no such address ${path}`),
      ...need(headers['authorization'] === `Bearer ${token}`, 'Bad credentials'),
      ...need(headers['accept'] === 'application/vnd.github+json', 'asks for another media type'),
      ...need((headers['user-agent'] ?? '') !== '', 'has no User-Agent'),
      ...need(isText(body.event_type, 100), 'event_type has 1 to 100 characters'),
      ...need(Object.keys(body.client_payload).length <= 10, 'client_payload has at most 10 properties'),
      ...need(
        Object.keys(body).every((name) => ['event_type', 'client_payload'].includes(name)),
        'has unknown members',
      ),
    ],
  },
  slack: {
    answer: [200, 'ok'],
    judge: ({ path }, body) => [
      ...need(path === `/services/WORKSPACE/WEBHOOK/${encodeURIComponent(token)}`, 'no_service'),
      ...need(isText(body.text, 40_000), 'no_text'),
      ...need(body.blocks.length <= 50, 'at most 50 blocks'),
      ...body.blocks.flatMap((block: any) => {
        if (block.type === 'divider') return []
        if (block.type === 'header')
          return need(block.text.type === 'plain_text' && isText(block.text.text, 150), 'header')
        if (block.type !== 'section') return [`unknown block ${block.type}`]
        return need(
          block.fields.length <= 10 &&
            block.fields.every((field: any) => field.type === 'plain_text' && isText(field.text, 2000)),
          'a section has at most 10 fields of 1 to 2000 characters',
        )
      }),
    ],
  },
  teams: {
    answer: [202, ''],
    judge: ({ path }, body) => {
      const { searchParams, pathname } = new URL(path, 'http://x')
      const [attachment] = body.attachments
      return [
        ...need(pathname === '/workflows/WORKFLOW/triggers/manual/paths/invoke', `no such address ${pathname}`),
        ...need(
          searchParams.get('sig') === token && searchParams.get('sp') === '/triggers/manual/run',
          'not authorized',
        ),
        ...need(body.type === 'message' && body.attachments.length === 1, 'is no message with one attachment'),
        ...need(attachment.contentType === 'application/vnd.microsoft.card.adaptive', 'is no adaptive card'),
        ...need(attachment.content.type === 'AdaptiveCard' && /^1\.[0-5]$/.test(attachment.content.version), 'version'),
        ...need(
          attachment.content.body[0].type === 'TextBlock' && isText(attachment.content.body[0].text),
          'TextBlock',
        ),
        ...need(
          attachment.content.body[1].facts.every(({ title, value }: any) => isText(title) && isText(value)),
          'a fact has a title and a value',
        ),
      ]
    },
  },
  discord: {
    answer: [204, ''],
    judge: ({ path }, body) => [
      ...need(path === `/api/webhooks/WEBHOOK/${encodeURIComponent(token)}`, 'Unknown Webhook'),
      ...need(body.embeds.length >= 1 && body.embeds.length <= 10, 'at most 10 embeds'),
      ...body.embeds.flatMap(({ title, fields }: any) => [
        ...need(isText(title, 256) && fields.length <= 25, 'an embed has a title and at most 25 fields'),
        ...need(
          fields.every(({ name, value }: any) => isText(name, 256) && isText(value, 1024)),
          'a field is blank or too long',
        ),
      ]),
      ...need(body.allowed_mentions.parse.length === 0, 'mentions somebody'),
    ],
  },
}

function need(holds: boolean, rule: string): string[] {
  return holds ? [] : [rule]
}

function isText(value: unknown, charsMax = 10_000): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= charsMax
}

const signalbox = useSignalbox()
let place: TestRegistry
const admin = () => signalbox.current.admin
const verdicts: string[][] = []

beforeAll(async () => {
  place = await makeRegistry(signalbox.current)
})

async function presetOf(name: string, eventType: string): Promise<Preset> {
  const { items } = await admin().must<{ items: Preset[] }>('GET', `/payload-presets?event_type=${eventType}`)
  return items.find((preset) => preset.name === name)!
}

test.each(Object.keys(vendors))(
  'the preset for %s keeps its rules, for an alias that is added and for an event that says nearly nothing',
  async (name) => {
    const vendor = vendors[name]!
    const { receiver } = signalbox.current
    receiver.answerWith((request, response) => {
      const broken = vendor.judge(request, JSON.parse(request.body.toString()))
      verdicts.push(broken)
      const [status, body] = broken.length === 0 ? vendor.answer : [400, broken.join('; ')]
      response.writeHead(status).end(status === 204 ? undefined : body)
    })
    for (const eventType of ['ADD_ARTIFACT_ALIAS', 'CUSTOM', 'CREATE_COLLECTION']) {
      const preset = await presetOf(name, eventType)
      const secrets = [
        ...preset.secrets.map((secret) => secret.name),
        ...(preset.access_token === null ? [] : ['TOKEN']),
      ]
      for (const secret of secrets) await admin().call('POST', '/teams/vision/secrets', { name: secret, value: token })
      const webhook = await signalbox.current.makeWebhook({
        url: preset.url.replace(/^https:\/\/[^/]+/, receiver.url),
        headers: preset.headers,
        granted_secrets: preset.secrets.map((secret) => secret.name),
        access_token: preset.access_token === null ? null : 'TOKEN',
      })
      const scope = eventType === 'CUSTOM' ? 'demo' : place.registry
      const automation = await admin().must('POST', `/projects/${scope}/automations`, {
        name: `${name} ${eventType}`,
        event_type: eventType,
        filter: eventType === 'ADD_ARTIFACT_ALIAS' ? { alias: name } : {},
        action: { type: 'webhook', webhook: webhook.id, template: preset.template },
      })
      expect(automation['warnings']).toEqual([])
      if (eventType === 'CUSTOM') await signalbox.current.record({ name: 'x' })
      else if (eventType === 'CREATE_COLLECTION')
        await admin().must('POST', `/projects/${place.registry}/collections`, {
          name: `for "${name}" <@everyone>`,
          type: 'model',
        })
      else await place.link((await place.version())['id'], [name])
      const delivery = await waitFor('its delivery to end', async () => {
        const { items } = await admin().must('GET', `/deliveries?automation=${automation['id']}`)
        return items[0]?.finished_at === null ? undefined : items[0]
      })
      expect([delivery.state, verdicts.at(-1)], `${name} ${eventType}: ${delivery.reason}`).toEqual(['succeeded', []])
      await admin().must('DELETE', `/automations/${automation['id']}`)
    }
  },
)
