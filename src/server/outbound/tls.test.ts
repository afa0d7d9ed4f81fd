import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { SecureVersion } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestTo, startSender } from '../../../test/support/outbound.ts'
import type { TlsOptions } from './outbound-request.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'signalbox-tls-'))
const servers: Server[] = []
let ca = ''
let otherCa = ''

/** A private authority and what it signs, as an operator would make them. */
beforeAll(async () => {
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder })
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-batch']
  for (const name of ['ca', 'other'])
    await openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
    )
  const sign = async (name: string, subject: string, ...dates: string[]) => {
    await openssl(
      'req',
      ...newKey,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      '/CN=x',
      '-addext',
      `subjectAltName=${subject}`,
    )
    await openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-copy_extensions',
      'copy',
      '-out',
      `${name}.pem`,
      ...dates,
    )
  }
  await sign('right', 'DNS:receiver.test', '-days', '2')
  await sign('misnamed', 'DNS:other.test', '-days', '2')
  await sign('expired', 'DNS:receiver.test', '-not_before', '20200101000000Z', '-not_after', '20200102000000Z').catch(
    () =>
      // An older openssl has no dates for x509: a negative number of days ends yesterday.
      sign('expired', 'DNS:receiver.test', '-days', '-1'),
  )
  ca = readFileSync(join(folder, 'ca.pem'), 'utf8')
  otherCa = readFileSync(join(folder, 'other.pem'), 'utf8')
})
afterAll(() => {
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

async function serve(name: string, version?: SecureVersion): Promise<number> {
  const server = createServer(
    {
      key: readFileSync(join(folder, `${name}.key`)),
      cert: readFileSync(join(folder, `${name}.pem`)),
      // The oldest is spoken only by who lowers the bar for ciphers.
      ...(version === undefined ? {} : { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' }),
    },
    (_request, response) => response.end('ok'),
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const toLoopback = (_host: string, found: (error: null, addresses: { address: string; family: number }[]) => void) =>
  found(null, [{ address: '127.0.0.1', family: 4 }])

async function senderTo(port: number, allowUnverifiedTls = false) {
  const sender = startSender(`127.0.0.1:${port}`, undefined, toLoopback, allowUnverifiedTls)
  return async (tls: TlsOptions) => (await sender.send(requestTo(`https://receiver.test:${port}/`, { tls }))).outcome
}

test('a certificate of a private authority is taken by who was given that authority, and by nobody else', async () => {
  const send = await senderTo(await serve('right'))
  const trusted = { ca, verify: true }
  expect(await send({ ca: null, verify: true })).toMatchObject({
    kind: 'unreachable',
    reason: 'tls',
    detail: expect.stringContaining('an authority that is not trusted'),
  })
  expect(await send(trusted)).toMatchObject({ kind: 'succeeded' })
  // The connection that is open now was verified by another authority: it is not shared.
  expect(await send({ ca: null, verify: true })).toMatchObject({ kind: 'unreachable', reason: 'tls' })
  expect(await send({ ca: otherCa, verify: true })).toMatchObject({ kind: 'unreachable', reason: 'tls' })
  expect(await send(trusted)).toMatchObject({ kind: 'succeeded' })
})

test.each([
  ['misnamed', 'names another host'],
  ['expired', 'has expired'],
])('a certificate that is %s is refused, also of a trusted authority', async (name, why) => {
  const send = await senderTo(await serve(name))
  expect(await send({ ca, verify: true })).toMatchObject({
    kind: 'unreachable',
    reason: 'tls',
    detail: expect.stringContaining(why),
  })
})

test.each([
  ['TLSv1.1', 'unreachable'],
  ['TLSv1.2', 'succeeded'],
  ['TLSv1.3', 'succeeded'],
] as const)('a receiver that speaks %s and nothing else: %s', async (version, kind) => {
  const send = await senderTo(await serve('right', version))
  expect(await send({ ca, verify: true })).toMatchObject({ kind, ...(kind === 'succeeded' ? {} : { reason: 'tls' }) })
})

test('verification is off only where the operator allows it', async () => {
  const port = await serve('misnamed')
  const refused = await (await senderTo(port))({ ca: null, verify: false })
  expect(refused).toMatchObject({ kind: 'refused', reason: 'unverified-tls' })
  expect(refused).toHaveProperty('detail', expect.stringContaining('SIGNALBOX_ALLOW_UNVERIFIED_TLS'))
  expect(await (await senderTo(port, true))({ ca: null, verify: false })).toMatchObject({ kind: 'succeeded' })
})
