import { afterEach, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { waitFor } from '../support/wait-for.ts'
import { run, start, type Environment, type Running } from './run-cli.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = '{"text": "\u001b[2J"}'
let listening: Running | undefined
afterEach(() => listening?.stop())

async function listen(args: readonly string[], environment: Environment = {}): Promise<string> {
  listening = start(['listen', '--port', '0', ...args], environment)
  const line = await waitFor('its address', () => listening?.lines.find((text) => text.includes('http://')))
  return /http:\/\/127\.0\.0\.1:\d+/.exec(line)![0]
}

function send(url: string, key = secret): Promise<Response> {
  const at = new Date()
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign('msg_1', at, body),
    authorization: 'Bearer s3cret-token',
  }
  return fetch(`${url}/hook`, { method: 'POST', headers, body })
}

const lines = async (count: number): Promise<Record<string, unknown>[]> => {
  await waitFor(`${count} lines`, () => listening!.lines.length >= count)
  return listening!.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('what is signed is verified and answered with the status; the rest is answered 401, with the reason', async () => {
  const url = await listen(['--secret', secret, '--status', '202', '--json'])
  expect((await send(url)).status).toBe(202)
  expect((await send(url, 'whsec_c29tZXRoaW5nIGVsc2U=')).status).toBe(401)
  const [first, right, wrong] = await lines(3)
  expect(first).toEqual({ event: 'listening', url })
  expect(right).toMatchObject({ event: 'request', method: 'POST', path: '/hook', webhook_id: 'msg_1', body })
  expect(right).toMatchObject({ verified: true, by: ['webhook-signature'], answered: 202 })
  expect(wrong).toMatchObject({ verified: false, because: 'signature-wrong', answered: 401 })
})

test('secrets come from the environment as well, to stay out of the list of processes', async () => {
  const url = await listen(['--json'], { SIGNALBOX_SIGNING_SECRET: `whsec_b3RoZXI= ${secret}` })
  await send(url)
  expect((await lines(2))[1]).toMatchObject({ verified: true })
})

test('without a secret everything is shown and answered, and it says that nothing was verified', async () => {
  const url = await listen(['--json'])
  expect((await send(url)).status).toBe(200)
  expect((await lines(2))[1]).toMatchObject({ verified: false, because: 'no-secret', answered: 200 })
})

test('for a person it shows the verdict and the body, without the token and without steering the terminal', async () => {
  const url = await listen(['--secret', secret])
  await send(url)
  await waitFor('the body', () => listening!.lines.some((line) => line.includes('"text"')))
  const shown = listening!.lines.join('\n')
  expect(shown).toMatch(/^\d\d:\d\d:\d\d {2}POST \/hook {2}verified by webhook-signature {2}answered 200$/m)
  expect(shown).toContain('  authorization: Bearer …')
  expect(shown).not.toContain('s3cret-token')
  expect(shown).not.toContain('\u001b')
})

test('it ends well when asked to', async () => {
  await listen([])
  expect(await listening?.stop('SIGINT')).toBe(0)
})

test('a secret that is none is refused at once', async () => {
  expect(await run(['listen', '--secret', 'sesame'])).toMatchObject({ code: 2, stdout: '' })
  expect(await run(['listen'], { SIGNALBOX_SIGNING_SECRET: 'sesame' })).toMatchObject({ code: 2, stdout: '' })
})
