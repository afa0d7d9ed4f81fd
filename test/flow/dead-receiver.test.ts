import { expect, test } from 'vitest'
import { answerStatus, startReceiver } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const signalbox = useSignalbox()

test('a receiver that is down when the event comes gets it when it is back', async () => {
  const { admin, receiver, makeWebhook, makeAutomation, record, ended } = signalbox.current
  const webhook = await makeWebhook({ retry: { attempts_max: 100, delay_ms_min: 20, delay_ms_max: 40 } })
  await makeAutomation(webhook.id)
  await receiver.close()
  const event = await record()
  await waitFor('attempts in vain', async () => {
    const { items } = await admin.must('GET', `/deliveries?event=${event.id}`)
    return items[0].attempts > 2
  })
  const back = await startReceiver(answerStatus(200), Number(new URL(receiver.url).port))
  const [summary] = await ended(event.id)
  expect(summary).toMatchObject({ state: 'succeeded' })
  expect(back.requests).toHaveLength(1)
  const { attempt_list } = await admin.must('GET', `/deliveries/${summary!['id']}`)
  expect(attempt_list[0]).toMatchObject({ outcome: 'unreachable', detail: 'the connection was refused' })
  await back.close()
})
