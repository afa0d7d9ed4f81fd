import { expect, test } from 'vitest'
import { withClient } from '../support/database.ts'
import { answerStatus } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()
const admin = () => signalbox.current.admin

async function deliveriesOf(automation: string, state?: string): Promise<Record<string, any>[]> {
  const filter = state === undefined ? '' : `&state=${state}`
  return (await admin().must('GET', `/deliveries?automation=${automation}&limit=100${filter}`))['items']
}

test('an automation that fires too often for one subject pauses itself, says why, and holds what follows until it is resumed', async () => {
  const { makeWebhook, makeAutomation, record, receiver } = signalbox.current
  const webhook = await makeWebhook()
  const automation = await makeAutomation(webhook.id, { filter: { name: 'loop' }, fires_per_minute_max: 3 })
  const id = String(automation['id'])
  const watcher = await makeAutomation(webhook.id, {
    event_type: 'AUTOMATION_PAUSED',
    action: {
      type: 'webhook',
      webhook: webhook.id,
      template: '{"paused": "${paused_automation_name}", "why": "${reason}"}',
    },
  })
  // Other subjects are counted by themselves, and events without one not at all.
  for (const subject of ['a', 'b', '', '', '', '', 'a', 'b', 'a', 'b']) await record({ name: 'loop', subject })
  expect(await admin().must('GET', `/automations/${id}`)).toMatchObject({ paused_reason: null, revision: 1 })

  const last = await record({ name: 'loop', subject: 'a' })
  const paused = await waitFor('the automation to pause itself', async () => {
    const now = await admin().must('GET', `/automations/${id}`)
    return now['paused_reason'] === null ? undefined : now
  })
  expect(paused['paused_reason']).toMatch(
    /^It fired more than 3 times in a minute for custom:\d+:a; the last time on evt_/,
  )
  expect(paused['paused_reason']).toContain(last.id)
  const told = await waitFor('the watcher to be told', () =>
    receiver.requests.find(({ body }) => body.toString().includes('"paused"')),
  )
  expect(JSON.parse(told.body.toString())).toEqual({ paused: automation['name'], why: paused['paused_reason'] })
  const { items: audit } = await admin().must('GET', `/teams/vision/audit?subject=${id}`)
  expect(audit[0]).toMatchObject({ action: 'automation.pause_itself', actor: null })

  const held = await record({ name: 'loop', subject: 'a' })
  const [delivery] = (await admin().must('GET', `/deliveries?event=${held.id}`))['items']
  expect(delivery).toMatchObject({ state: 'held', reason: 'the automation is paused' })
  await admin().must('POST', `/automations/${id}/resume`)
  await signalbox.current.ended(held.id)
  expect(await deliveriesOf(id, 'held')).toEqual([])
  expect(await admin().must('GET', `/automations/${id}`)).toMatchObject({ paused_reason: null, revision: 3 })
  await admin().must('POST', `/automations/${watcher['id']}/disable`)
})

test('deleting a paused automation cancels what it held, once that cannot be undone any more', async () => {
  const { makeWebhook, makeAutomation, record } = signalbox.current
  const webhook = await makeWebhook()
  const automation = await makeAutomation(webhook.id, { filter: { name: 'to be deleted' } })
  await admin().must('POST', `/automations/${automation['id']}/pause`)
  const event = await record({ name: 'to be deleted' })
  await admin().must('DELETE', `/automations/${automation['id']}`)
  await withClient(signalbox.current.databaseUrl, (client) =>
    client.query(`update automations set archived_at = archived_at - interval '1 minute' where name = $1`, [
      automation['name'],
    ]),
  )
  const [ended] = await signalbox.current.ended(event.id)
  expect(ended).toMatchObject({ state: 'cancelled', reason: 'the automation was deleted while it was paused' })
})

test('a receiver that is gone for good disables its webhook, which is an event in its team', async () => {
  const { makeWebhook, makeAutomation, record, receiver } = signalbox.current
  const [gone, watching] = [await makeWebhook(), await makeWebhook()]
  await makeAutomation(gone.id, { filter: { name: 'gone' } })
  await admin().must('POST', '/teams/vision/automations', {
    name: 'watch webhooks',
    event_type: 'WEBHOOK_DISABLED',
    filter: { webhook: gone['name'] },
    action: {
      type: 'webhook',
      webhook: watching.id,
      template: '{"disabled": "${webhook_name}", "project": "${project_name}"}',
    },
  })
  receiver.answerWith((request, response, number) =>
    answerStatus(request.body.toString().includes('"name": "gone"') ? 410 : 200)(request, response, number),
  )
  await record({ name: 'gone' })
  const told = await waitFor('the team to be told', () =>
    receiver.requests.find(({ body }) => body.toString().includes('"disabled"')),
  )
  expect(JSON.parse(told.body.toString())).toEqual({ disabled: gone['name'], project: '' })
  // It can be followed once no transaction is open that began before it.
  const event = await waitFor('the event among those of the team', async () => {
    const { items } = await admin().must<{ items: Record<string, any>[] }>('GET', '/teams/vision/events?limit=100')
    return items.find(({ type }) => type === 'WEBHOOK_DISABLED')
  })
  expect(await admin().must('GET', `/webhooks/${gone.id}`)).toMatchObject({
    disabled: { reason: 'the receiver answered 410 Gone' },
  })
  const { items: audit } = await admin().must('GET', `/teams/vision/audit?subject=${gone.id}`)
  expect(audit[0]).toMatchObject({
    action: 'webhook.disable',
    actor: null,
    details: { name: gone['name'], reason: 'the receiver answered 410 Gone' },
  })
  // Said once, however many were under way; and what comes now fails at once, with the reason.
  const [late] = await signalbox.current.ended((await record({ name: 'gone' })).id)
  expect(late).toMatchObject({ state: 'failed', attempts: 0 })
  expect(late!['reason']).toContain('the receiver answered 410 Gone')
  expect(event).toMatchObject({ project: null, entity_name: 'vision', author: null, facts: { webhook: gone['name'] } })
})
