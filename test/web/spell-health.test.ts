import { expect, test } from 'vitest'
import { en } from '../../src/web/text/en.ts'
import { spellHealth } from '../../src/web/webhooks/spell-health.ts'

const webhook = { disabled: null, misconfigured: null, paused: false }
const minute = { at: '2026-11-24T14:00:00.000Z', succeeded: 0, failed: 0, skipped: 0, cancelled: 0, expired: 0 }
const broken = { webhook: 'whk_1', webhook_name: null, state: 'broken', since: null, until: null, waiting: 3 } as const
const quiet = { buckets: [minute, minute], lanes: [], waiting: 0, held: 0 }
const gone = { at: minute.at, reason: 'The receiver answered 410.' }

type Given = Parameters<typeof spellHealth>

test.each<readonly [Given[0], Given[1], string, string]>([
  [webhook, quiet, 'idle', 'Ready. Nothing was delivered in the last hour.'],
  [webhook, { ...quiet, buckets: [{ ...minute, succeeded: 1 }] }, 'good', 'It took the 1 delivery of the last hour.'],
  [
    webhook,
    {
      ...quiet,
      buckets: [
        { ...minute, succeeded: 1_200 },
        { ...minute, failed: 2, expired: 1 },
      ],
    },
    'warn',
    '3 of 1,203 deliveries of the last hour failed.',
  ],
  [
    webhook,
    { ...quiet, lanes: [broken], waiting: 3 },
    'bad',
    'Failing. It failed too often in a row and rests; 3 deliveries wait.',
  ],
  [{ ...webhook, paused: true }, { ...quiet, held: 1 }, 'idle', 'Paused. 1 delivery waits until it is resumed.'],
  [
    { ...webhook, misconfigured: 'The secret KEY is gone.' },
    quiet,
    'bad',
    'Misconfigured, deliveries fail at once. The secret KEY is gone.',
  ],
  [
    { disabled: gone, misconfigured: 'The secret KEY is gone.', paused: true },
    { ...quiet, lanes: [broken] },
    'bad',
    'Disabled, nothing is sent. The receiver answered 410.',
  ],
])('what stops it comes first, then how it went: %#', (of, stats, meaning, sentence) => {
  expect(spellHealth(of, stats, en)).toEqual({ meaning, sentence })
})
