import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer, type SecureVersion, type Server as TlsServer } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAuthority, type Authority } from '../../../test/support/authority.ts'
import { requestTo, startSender } from '../../../test/support/outbound.ts'
import type { TlsOptions } from './outbound-request.ts'

const servers: TlsServer[] = []
const authorities: Authority[] = []
type Certificate = 'right' | 'misnamed' | 'expired'
let certificates: Record<Certificate, { readonly key: string; readonly cert: string }>
let ca = ''
let otherCa = ''

beforeAll(async () => {
  const [authority, other] = [await makeAuthority(), await makeAuthority('other')]
  authorities.push(authority, other)
  ca = authority.certificate
  otherCa = other.certificate
  const past = ['-not_before', '20200101000000Z', '-not_after', '20200102000000Z']
  certificates = {
    right: await authority.sign('DNS:receiver.test'),
    misnamed: await authority.sign('DNS:other.test'),
    // An older openssl has no dates for x509: a negative number of days ends yesterday.
    expired: await authority
      .sign('DNS:receiver.test', ...past)
      .catch(() => authority.sign('DNS:receiver.test', '-days', '-1')),
  }
})
afterAll(() => {
  for (const server of servers) server.close()
  for (const authority of authorities) authority.close()
})

async function serve(name: Certificate, version?: SecureVersion): Promise<number> {
  const server = createServer(
    {
      ...certificates[name],
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
] as const)('a certificate that is %s is refused, also of a trusted authority', async (name, why) => {
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
  expect(await send({ ca, verify: true })).toMatchObject({
    kind,
    ...(kind === 'succeeded' ? {} : { reason: 'handshake' }),
  })
})

test('verification is off only where the operator allows it', async () => {
  const port = await serve('misnamed')
  const refused = await (await senderTo(port))({ ca: null, verify: false })
  expect(refused).toMatchObject({ kind: 'refused', reason: 'unverified-tls' })
  expect(refused).toHaveProperty('detail', expect.stringContaining('SIGNALBOX_ALLOW_UNVERIFIED_TLS'))
  expect(await (await senderTo(port, true))({ ca: null, verify: false })).toMatchObject({ kind: 'succeeded' })
})

test('a receiver that floods inside TLS is left like any other', async () => {
  const server = createTlsServer({ ...certificates.right }, (socket) => {
    socket.on('error', () => {})
    const more = (): void => {
      while (socket.writable) if (!socket.write('\r\n'.repeat(8_000))) return
    }
    socket.on('drain', more).once('data', more)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const send = await senderTo((server.address() as AddressInfo).port)
  expect(await send({ ca, verify: true })).toMatchObject({
    kind: 'unreachable',
    reason: 'protocol',
    detail: 'the answer is far longer than what is read of it',
  })
})
