import { beforeAll, expect, test } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { connect, type SignalboxClient } from '../sdk/connect.ts'
import { useSignalbox } from '../../test/support/signalbox.ts'
import { RefusedError } from './failures.ts'
import { makeAdmin, makeExample, moveWebhook } from './make-example.ts'
import { judgeArrival } from './play-story.ts'
import { newExample, type Example, type ExampleFile } from './try-example.ts'

const signalbox = useSignalbox({ allowedTargets: '127.0.0.1:4711, 127.0.0.1:4712' })
let client: SignalboxClient

beforeAll(async () => {
  const { url } = signalbox.current.server
  const { key } = await connect({ url }).signIn({ name: 'ada', password: 'correct horse battery' })
  client = connect({ url, apiKey: key })
})

/** A file in memory; the write of this number ends the start before it is done. */
function fileThatEndsAt(write: number, holder: { example: Example | undefined }): ExampleFile & { writes(): number } {
  let writes = 0
  return {
    read: () => holder.example,
    write(example) {
      if (++writes === write) throw new Error('the start ends here')
      holder.example = example
      return example
    },
    forget: () => void (holder.example = undefined),
    writes: () => writes,
  }
}

function exampleIn(name: string): Example {
  return { ...newExample(4711), organization: 'acme', team: name, project: name, registry: `wandb-registry-${name}` }
}

test('wherever a start ends, the next one completes the example, with one webhook and one automation', async () => {
  for (let write = 1; ; write++) {
    const team = `interrupted-${write}`
    const holder: { example: Example | undefined } = { example: exampleIn(team) }
    const first = fileThatEndsAt(write, holder)
    const ended = await makeExample(client, holder.example!, first).catch(() => undefined)
    const made = await makeExample(client, holder.example!, fileThatEndsAt(0, holder))
    expect(made).toEqual(holder.example)
    expect(made.signingSecret).toMatch(/^whsec_/)
    expect((await client.webhooks.list(team)).items.map(({ id }) => id)).toEqual([made.webhookId])
    expect((await client.automations.listOfProject(`acme/${made.registry}`)).items.map(({ id }) => id)).toEqual([
      made.automationId,
    ])
    if (ended !== undefined) return expect(write).toBe(first.writes() + 1)
  }
})

test('a folder where somebody else has set up a Signalbox is refused and left as it is', async () => {
  const holder: { example: Example | undefined } = { example: undefined }
  const server = {
    url: signalbox.current.server.url,
    setUp: () => Promise.reject(new Problem('already-set-up', 'So.')),
  }
  await expect(makeAdmin(server, newExample(4711), fileThatEndsAt(0, holder))).rejects.toThrow(RefusedError)
  expect(holder.example).toBeUndefined()
})

test('a start that ended between the set-up and its note gets a new key with the password it had noted', async () => {
  const holder = { example: { ...newExample(4711), admin: 'ada', password: 'correct horse battery' } as Example }
  const { url } = signalbox.current.server
  const server = { url, setUp: () => Promise.reject(new Problem('already-set-up', 'So.')) }
  const { apiKey } = await makeAdmin(server, holder.example, fileThatEndsAt(0, holder))
  expect(holder.example.apiKey).toBe(apiKey)
  expect(await connect({ url, apiKey }).me()).toMatchObject({ name: 'ada' })
})

test('when the old port of the receiver is taken, its webhook goes where it listens now', async () => {
  const holder: { example: Example | undefined } = { example: undefined }
  const made = await makeExample(client, exampleIn('moved'), fileThatEndsAt(0, holder))
  expect(await moveWebhook(client, made, 4711)).toEqual(made)
  expect((await moveWebhook(client, made, 4712)).receiverPort).toBe(4712)
  expect((await client.webhooks.get(made.webhookId!)).url).toBe('http://127.0.0.1:4712/hook')
})

test('the receiver asks for both: the signature and the access token', () => {
  const verification = { verified: true, by: ['webhook-signature'] } as const
  const headers = { authorization: 'Bearer token' }
  expect(judgeArrival({ verification, headers }, 'token')).toBe('right')
  expect(judgeArrival({ verification, headers }, 'other')).toBe('without its access token')
  expect(judgeArrival({ verification, headers: {} }, undefined)).toBe('without its access token')
  const wrong = { verified: false, because: 'signature-wrong', detail: '' } as const
  expect(judgeArrival({ verification: wrong, headers }, 'token')).toBe('not verified')
})
