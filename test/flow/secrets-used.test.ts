import { expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()

test('a secret tells when a request last needed it; one that is granted and not needed tells nothing', async () => {
  const { admin, makeWebhook, makeAutomation, record, ended } = signalbox.current
  for (const name of ['TOKEN', 'SIGNING', 'IN_BODY', 'IN_HEADER', 'IDLE'])
    await admin.must('POST', '/teams/vision/secrets', { name, value: `value-of-${name}` })
  const webhook = await makeWebhook({
    access_token: 'TOKEN',
    secret: 'SIGNING',
    granted_secrets: ['IN_BODY', 'IN_HEADER', 'IDLE'],
    headers: [{ name: 'X-Key', value: '${IN_HEADER}' }],
  })
  await makeAutomation(webhook.id, {
    action: { type: 'webhook', webhook: webhook.id, template: '{"key": "${IN_BODY}"}' },
  })
  const startedAt = Date.now()
  await ended((await record()).id)
  const used = await waitFor('the heartbeat to write it down', async () => {
    const { items } = await admin.must<{ items: { name: string; last_used_at: string | null }[] }>(
      'GET',
      '/teams/vision/secrets',
    )
    const found = items.filter(({ last_used_at: at }) => at !== null)
    return found.length === 0 ? undefined : found
  })
  expect(new Set(used.map(({ name }) => name))).toEqual(new Set(['TOKEN', 'SIGNING', 'IN_BODY', 'IN_HEADER']))
  for (const { last_used_at: at } of used) expect(Math.abs(Date.parse(at!) - startedAt)).toBeLessThan(60_000)
})
