import { expect, test } from 'vitest'
import type { Webhook } from '../../src/contract/webhook.ts'
import { en } from '../../src/web/text/en.ts'
import { diffDraft, diffWebhooks } from '../../src/web/webhooks/diff-webhooks.ts'
import { draftOf } from '../../src/web/webhooks/draft.ts'

const webhook: Webhook = {
  id: 'whk_1',
  team: 'vision',
  name: 'deploy-bot',
  url: 'https://hooks.example/a',
  access_token: null,
  secret: null,
  granted_secrets: ['A', 'B'],
  signature_encoding: 'base64',
  headers: [{ name: 'X-Team', value: 'vision' }],
  timeout_ms: 10_000,
  retry: { attempts_max: 8, delay_ms_min: 1000, delay_ms_max: 3600_000 },
  concurrency_max: 10,
  rate_per_second: null,
  in_order: false,
  tls: { ca: null, verify: true },
  paused: false,
  held: null,
  disabled: null,
  misconfigured: null,
  revision: 1,
  created_at: '2026-11-24T14:00:00.000Z',
  updated_at: '2026-11-24T14:00:00.000Z',
  warnings: [],
}
const told = (differences: ReturnType<typeof diffDraft>) =>
  differences.map(({ heading, lines }) => [heading, ...lines.map(({ sign, text }) => `${sign}${text}`)])

test('what a draft changes is told by the names of its fields, and nothing where it says the same', () => {
  const draft = draftOf(webhook)
  expect(told(diffDraft(webhook, draft, en))).toEqual([])
  expect(told(diffDraft(webhook, { ...draft, granted: ['B', 'A'], timeoutSeconds: '10' }, en))).toEqual([])
  const headers = [...draft.headers, { key: 1, name: 'X-New', value: 'yes' }]
  expect(
    told(
      diffDraft(webhook, { ...draft, url: 'https://hooks.example/b', headers, timeoutSeconds: 5, inOrder: true }, en),
    ),
  ).toEqual([
    ['URL', '−https://hooks.example/a', '+https://hooks.example/b'],
    ['Headers', ' X-Team: vision', '+X-New: yes'],
    ['Deadline in seconds', '−10', '+5'],
    ['In order per subject', '−Off', '+On'],
  ])
})

test('what another changed is told also where the form has no field for it', () => {
  const theirs = { ...webhook, access_token: 'TOKEN', retry: { ...webhook.retry, attempts_max: 3 }, paused: true }
  expect(told(diffWebhooks(webhook, theirs, en)).map(([heading]) => heading)).toEqual(['Access token', 'Tries'])
})
