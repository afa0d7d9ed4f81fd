import { afterAll, beforeAll, expect, test } from 'vitest'
import { families, type Family } from '../../src/server/metrics/families.ts'
import { readFigures, type Figures } from '../support/read-metrics.ts'
import { answerStatus } from '../support/receiver.ts'
import { startSignalbox, type TestSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'

const metricsToken = 'a-token-that-prometheus-has'
let signalbox: TestSignalbox & { stop(): Promise<void> }
beforeAll(async () => {
  signalbox = await startSignalbox({ metricsToken })
})
afterAll(() => signalbox.stop())

async function look(authorization?: string): Promise<{ status: number; type: string | null; text: string }> {
  const headers = authorization === undefined ? {} : { authorization }
  const answer = await fetch(`${signalbox.admin.url}/metrics`, { headers })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}

async function figures(): Promise<Figures> {
  return readFigures((await look(`Bearer ${metricsToken}`)).text)
}

test('whoever has the token reads everything that is promised, in the format of Prometheus', async () => {
  const { status, type, text } = await look(`Bearer ${metricsToken}`)
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  const series = [...readFigures(text).keys()]
  for (const [name, { type: kind, label, values }] of Object.entries<Family>(families)) {
    const first = kind === 'histogram' ? `${name}_count` : name
    const expected = values?.map((value) => `${first}{${label}="${value}"}`) ?? []
    expect(series, name).toEqual(expect.arrayContaining(expected))
    expect(
      series.some((one) => one.startsWith(first)),
      name,
    ).toBe(true)
  }
})

test.each([
  ['no token', undefined],
  ['another token', 'Bearer a-token-that-prometheus-haz'],
  ['the beginning of the token', 'Bearer a-token'],
  ['the token without its scheme', metricsToken],
  ['an empty token', 'Bearer '],
])('whoever comes with %s is refused, and told nothing', async (_what, authorization) => {
  const { status, type, text } = await look(authorization)
  expect([status, type]).toEqual([401, 'application/problem+json'])
  expect(text).toContain('SIGNALBOX_METRICS_TOKEN')
  expect(text).not.toContain('signalbox_')
  expect(text).not.toContain(metricsToken)
})

test('an API key, of an admin at that, is not the token', async () => {
  const { key } = await signalbox.admin.must<{ key: string }>('POST', '/api-keys', { name: 'curious' })
  expect((await look(`Bearer ${key}`)).status).toBe(401)
})

test('without the setting there is nothing to read', async () => {
  const closed = await startSignalbox()
  try {
    for (const authorization of ['', 'Bearer ', 'Bearer undefined', `Bearer ${metricsToken}`]) {
      const answer = await fetch(`${closed.admin.url}/metrics`, { headers: { authorization } })
      expect(answer.status).toBe(404)
    }
  } finally {
    await closed.stop()
  }
})

test('of nine deliveries, of which three fail, one after a retry, the figures say just that', async () => {
  const before = await figures()
  const { makeWebhook, makeAutomation, record, ended, receiver } = signalbox
  receiver.answerWith((request, response, number) => {
    const name = (JSON.parse(request.body.toString()) as { name: string }).name
    answerStatus(name === 'rejected' ? 400 : name === 'retried' ? 503 : 200)(request, response, number)
  })
  const webhook = await makeWebhook({ retry: { attempts_max: 2, delay_ms_min: 10, delay_ms_max: 10 } })
  await makeAutomation(webhook.id)
  for (const name of ['well', 'well', 'rejected', 'well', 'retried', 'well', 'rejected', 'well', 'well'])
    await ended((await record({ name })).id)

  const after = await figures()
  const grown = (series: string): number => after.get(series)! - before.get(series)!
  expect(grown('signalbox_events_recorded_total')).toBe(9)
  expect(
    grown('signalbox_deliveries_made_total{birth="sending"}') +
      grown('signalbox_deliveries_made_total{birth="waiting"}'),
  ).toBe(9)
  expect(grown('signalbox_attempts_total{outcome="succeeded"}')).toBe(6)
  expect(grown('signalbox_attempts_total{outcome="rejected"}')).toBe(4)
  expect(grown('signalbox_attempts_decided_total{next="succeeded"}')).toBe(6)
  expect(grown('signalbox_attempts_decided_total{next="failed"}')).toBe(3)
  expect(grown('signalbox_attempts_decided_total{next="retry"}')).toBe(1)
  const used = (connection: string) => grown(`signalbox_connections_used_total{connection="${connection}"}`)
  expect([used('new') > 0, used('reused') > 0, used('new') + used('reused')]).toEqual([true, true, 10])
  for (const phase of ['first_byte', 'body'])
    expect(grown(`signalbox_attempt_phase_seconds_count{phase="${phase}"}`)).toBe(10)
  expect(grown('signalbox_attempt_phase_seconds_count{phase="connect"}')).toBe(used('new'))
  expect(after.get('signalbox_attempt_phase_seconds_bucket{phase="first_byte",le="+Inf"}')).toBe(
    after.get('signalbox_attempt_phase_seconds_count{phase="first_byte"}'),
  )
  expect(after.get('signalbox_lanes_owned')).toBe(1)
  // Nothing that happens makes a series that was not there: their number has a bound.
  expect([...after.keys()]).toEqual([...before.keys()])
})

test('a receiver that is away is counted as unreachable, and its breaker as open', async () => {
  const before = await figures()
  const { makeWebhook, makeAutomation, record, receiver } = signalbox
  const away = await makeWebhook({ retry: { attempts_max: 100, delay_ms_min: 10, delay_ms_max: 20 } })
  await makeAutomation(away.id, { filter: { name: 'away' } })
  receiver.answerWith((_request, response) => response.destroy())
  await record({ name: 'away' })
  const after = await waitFor('the breaker to open', async () => {
    const now = await figures()
    return now.get('signalbox_breakers_open')! > 0 ? now : undefined
  })
  const unreachable = 'signalbox_attempts_total{outcome="unreachable"}'
  expect(after.get(unreachable)! - before.get(unreachable)!).toBeGreaterThanOrEqual(10)
  receiver.answerWith(answerStatus(200))
})

test('nothing that people named, and no address, is told', async () => {
  const { text } = await look(`Bearer ${metricsToken}`)
  for (const named of ['vision', 'demo', 'acme', 'hook 1', '127.0.0.1', signalbox.receiver.target])
    expect(text).not.toContain(named)
})
