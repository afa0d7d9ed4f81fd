import { expect, test } from 'vitest'
import { answerStatus } from '../support/receiver.ts'
import { deliverMany } from '../support/failed-deliveries.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { useCommands } from './use-commands.ts'

const signalbox = useSignalbox()
const { done, json, refused } = useCommands(signalbox)

test('what failed is redelivered by the command line: how many first, then how it goes until it is over', async () => {
  const { webhook } = await deliverMany(signalbox.current, 6)
  const redeliver = `deliveries redeliver-failed --webhook ${webhook}`
  expect(await done(`${redeliver} --codes 4xx,none --rate 2 --estimate`)).toMatch(
    /^6 deliveries, made from .+ ago to .+ ago; at 2 per second it takes 3 s\n$/,
  )
  expect(await json(`${redeliver} --codes 5xx --estimate`)).toMatchObject({ count: 0 })
  expect(await json(`${redeliver} --project demo --estimate`)).toMatchObject({ count: 6 })
  expect(await refused(redeliver, 2)).toContain('6 deliveries')
  const told = await done(`${redeliver} --event-type CUSTOM --yes`)
  const [, id] = /^(rdl_\d+) (?:running|done): \d of 6 made/.exec(told) ?? []
  expect(told).toMatch(/rdl_\d+ done: 6 of 6 made, 6 delivered, 0 failed\n$/)
  expect(await json(`redeliveries show ${id}`)).toMatchObject({ id, state: 'done', succeeded: 6 })
  expect(await done('redeliveries list --team vision')).toMatch(new RegExp(`^${id} +done +6 of 6 +6 +0 +hook`, 'm'))
  expect(await done(`${redeliver} --yes`)).toBe('0 deliveries; at 20 per second it takes 0 s\n')
})

test('a redelivery is paused, goes on and is stopped by the command line', async () => {
  const { webhook } = await deliverMany(signalbox.current, 5)
  const { id } = await json(`deliveries redeliver-failed --webhook ${webhook} --rate 0.1 --yes --detach`)
  expect(await done(`redeliveries pause ${id}`)).toMatch(`${id} paused: `)
  expect(await done(`redeliveries show ${id} --watch`)).toMatch(/ paused: \d of 5 made/)
  expect(await done(`redeliveries resume ${id}`)).toMatch(`${id} running: `)
  expect(await done(`redeliveries stop ${id}`)).toMatch(`${id} stopped: `)
  expect(await refused(`redeliveries resume ${id}`, 3)).toContain('It was stopped')
})

test('what waits is counted and cancelled by the command line, and a paused webhook says how many wait', async () => {
  const paused = await deliverMany(signalbox.current, 1, { state: 'succeeded', answer: answerStatus(200) })
  await done(`webhooks pause ${paused.webhook}`)
  await paused.record(4)
  expect(await done(`webhooks pause ${paused.webhook}`)).toMatch(/holds what comes\. 4 deliveries wait\.\n$/)
  const cancel = `deliveries cancel-waiting --webhook ${paused.webhook}`
  expect(await done(`${cancel} --estimate`)).toMatch(/^4 deliveries, made from /)
  expect(await refused(cancel, 2)).toContain('4 deliveries')
  expect(await done(`${cancel} --yes`)).toBe('4 deliveries are cancelled.\n')
})

test('one that failed is sent to another webhook, and its event tells what is around it and why others did not fire', async () => {
  const { list, automation } = await deliverMany(signalbox.current, 1)
  const [{ id, event }] = (await list()) as [{ id: string; event: string }]
  const { id: other } = await signalbox.current.makeWebhook()
  const made = await json(`deliveries redeliver ${id} --webhook ${other}`)
  expect(made).toMatchObject({ webhook: other, redelivery_of: id })
  expect(await refused(`deliveries redeliver ${id} --webhook ${other} --anew`, 3)).toContain('the payload as it was')
  const around = await done(`events around ${event}`)
  expect(around).toMatch(/^\$\{event_type\} +"CUSTOM"$/m)
  expect(await json(`events around ${event}`)).toMatchObject({ before: expect.any(Array), after: [] })
  const { id: later } = await signalbox.current.makeAutomation(other)
  expect(await done(`events explain ${event} --automation ${later}`)).toMatch(
    new RegExp(`^${later} .*created-later`, 'm'),
  )
  expect(await done(`events explain ${event} --automation ${automation}`)).not.toContain(String(later))
})

test('a filter that makes no sense is refused before anything is asked', async () => {
  expect(await refused('deliveries redeliver-failed --team vision --codes 9xx', 2)).toContain('“9xx” is no answer')
  expect(await refused('deliveries redeliver-failed --team vision --rate 0', 2)).toContain('is no speed')
  expect(await refused('deliveries redeliver-failed --yes', 3)).toContain('say whose deliveries')
})
