import { expect, test } from 'vitest'
import pg from 'pg'
import { useSignalbox } from '../support/signalbox.ts'

const signalbox = useSignalbox()

// Odd characters on purpose: their escaped, percent-encoded and base64 forms all differ from the value.
const planted = {
  TOKEN: 'planted-token "quoted"/+ä-4f9c',
  HMAC: 'planted-hmac-key-8b2e1d',
  BODY: 'planted/body\\value+77aa',
  URLPART: 'planted url part 55ee',
}

test('no secret value is in any row, log line, answer or audit entry, even when the receiver echoes the request', async () => {
  const { admin, receiver, logged, makeWebhook, makeAutomation, record, ended, databaseUrl } = signalbox.current
  for (const [name, value] of Object.entries(planted))
    await admin.must('POST', '/teams/vision/secrets', { name, value })
  const webhook = await makeWebhook({
    url: `${receiver.url}/hook/\${URLPART}`,
    access_token: 'HMAC',
    secret: 'HMAC',
    granted_secrets: ['TOKEN', 'BODY', 'URLPART'],
    headers: [{ name: 'x-key', value: 'key ${BODY}' }],
    retry: { attempts_max: 2, delay_ms_min: 10, delay_ms_max: 20 },
  })
  await makeAutomation(webhook.id, {
    filter: { name: 'echo' },
    action: { type: 'webhook', webhook: webhook.id, template: '{"a": "${TOKEN}", "b": "x ${BODY} y", "c": "$HMAC"}' },
  })
  receiver.answerWith((request, response, number) => {
    const echo = Buffer.concat([
      request.body,
      Buffer.from(`\n${JSON.stringify(request.headers)}\n${request.path}\n`),
      Buffer.from(request.body.toString('base64')),
    ])
    response.writeHead(number % 2 === 1 ? 500 : 200, `echo ${request.headers['authorization']}`, {
      'x-echo': request.headers['authorization'],
      'x-echo-path': encodeURI(request.path),
    })
    response.end(echo)
  })
  const event = await record({ name: 'echo' })
  const [summary] = await ended(event.id)
  expect(summary).toMatchObject({ state: 'succeeded', attempts: 2 })
  const [sent] = await receiver.received(1)
  expect(JSON.parse(sent!.body.toString())).toEqual({ a: planted.TOKEN, b: `x ${planted.BODY} y`, c: planted.HMAC })

  const answers = await Promise.all(
    [
      `/deliveries/${summary!['id']}`,
      `/webhooks/${webhook.id}`,
      '/teams/vision/secrets',
      '/teams/vision/audit',
      `/events/${event.id}`,
    ].map(async (path) => (await admin.call('GET', path)).text),
  )
  const haystacks = [...answers, JSON.stringify(logged), ...(await dumpTables(databaseUrl))]
  expect(answers[0]).toContain('‹secret')
  // The search reads what it should: what is no secret is found.
  expect(haystacks.filter((haystack) => haystack.includes('vision')).length).toBeGreaterThan(2)
  const secrets = [...Object.values(planted), webhook.signing_secret.replace('whsec_', '')]
  for (const secret of secrets)
    for (const form of formsOf(secret))
      for (const haystack of haystacks) expect(haystack.includes(form) ? form : 'nothing').toBe('nothing')
})

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  return [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value)
      .toString('base64')
      .replace(/.{2}=*$/, ''),
    Buffer.from(value).toString('hex'),
  ]
}

/** Every row of every table as text; bytes as hex and as Latin-1. */
async function dumpTables(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    const dumps: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query(`select * from "${name}"`)
      dumps.push(
        JSON.stringify(rows, (_key, value) =>
          isBytes(value) ? Buffer.from(value.data).toString('latin1') + Buffer.from(value.data).toString('hex') : value,
        ),
      )
    }
    return dumps
  } finally {
    await client.end()
  }
}

function isBytes(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer' && 'data' in value
}
