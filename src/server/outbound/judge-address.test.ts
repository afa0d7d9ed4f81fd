import { expect, test } from 'vitest'
import { hostileAddresses } from '../../../test/support/hostile-targets.ts'
import { AllowListError, parseAllowList } from './allow-list.ts'
import { makeUrlCheck } from './check-url.ts'
import { judgeAddress } from './judge-address.ts'

const corpus = Object.entries(hostileAddresses).flatMap(([kind, list]) =>
  list.split(' ').map((address): [string, string] => [kind, address]),
)

test.each(corpus)('refused as %s: %s', (kind, address) => {
  const judgement = judgeAddress(address, { host: 'hook.example.com', port: 443 }, [])
  expect(judgement).toEqual({
    allowed: false,
    why: expect.stringMatching(`^hook.example.com has the address ${address}, which is ${kind}`) as string,
  })
  expect(judgement).toMatchObject({
    why: expect.stringContaining('SIGNALBOX_ALLOWED_TARGETS=hook.example.com:443') as string,
  })
})

const zones = 'fe80::1%eth0 fe80::1%1 ::1%lo ::1%0 2606:4700::1111%eth0 ff02::1%2'
const noAddresses =
  '127.1 0x7f.0.0.1 0177.0.0.1 2130706433 017700000001 0x7f000001 localhost 1.2.3 1.2.3.4.5 256.1.1.1 08.8.8.8 :::1 1::2::3 [::1] 1.2.3.4/8'
test.each(`${zones} ${noAddresses}`.split(' '))('refused, whoever answers it: %s', (address) => {
  expect(judgeAddress(address, { host: 'hook.example.com', port: 443 }, [])).toMatchObject({ allowed: false })
})

const publicAddresses =
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2606:4700::1111 2a00:1450:4001::200e 2001:4860:4860::8888 2001:200::1 2001:db7::1 2001:db9::1 2003::1 2400::1 3ffe::1 ::ffff:8.8.8.8 ::ffff:808:808'
test.each(publicAddresses.split(' '))('allowed, public: %s', (address) => {
  expect(judgeAddress(address, { host: 'hook.example.com', port: 443 }, [])).toEqual({ allowed: true })
})

const check = makeUrlCheck([], (_host, found) => found(null, [{ address: '93.184.215.14', family: 4 }]))

test.each([
  'https://example.com/hook',
  'http://8.8.8.8/',
  'http://134744072/',
  'https://[2606:4700::1111]/',
  'https://localhost.example.com/',
])('saved: %s', async (url) => expect(await check(url)).toEqual({ mistakes: [], warnings: [] }))

const allowed: [entry: string, address: string, host: string, port: number][] = [
  ['receiver.internal:8080', '10.1.2.3', 'receiver.internal', 8080],
  ['Receiver.Internal:8080', '10.1.2.3', 'receiver.internal', 8080],
  ['my_service:80', '172.18.0.2', 'my_service', 80],
  ['10.1.2.3:80', '10.1.2.3', '10.1.2.3', 80],
  ['10.1.2.3:80', '10.1.2.3', 'any.example.com', 80],
  ['10.0.0.0/8:80', '10.255.0.1', 'any.example.com', 80],
  ['0.0.0.0/0:80', '127.0.0.1', 'localhost', 80],
  ['127.0.0.1:80', '::ffff:127.0.0.1', '::ffff:127.0.0.1', 80],
  ['[::ffff:7f00:1]:80', '::ffff:7f00:1', '::ffff:7f00:1', 80],
  ['[::1]:80', '::1', 'localhost', 80],
  ['[0:0:0:0:0:0:0:1]:80', '::1', '::1', 80],
  ['[fd00::/8]:443', 'fd12::1', 'any.example.com', 443],
  [' a.internal:1 , ,10.0.0.0/8:80,', '10.0.0.1', 'x.example.com', 80],
]
test.each(allowed)('the entry %s allows %s as %s:%i', (entry, address, host, port) => {
  expect(judgeAddress(address, { host, port }, parseAllowList(entry))).toEqual({ allowed: true })
})

const stillRefused: typeof allowed = [
  ['receiver.internal:8080', '10.1.2.3', 'receiver.internal', 8081],
  ['receiver.internal:8080', '10.1.2.3', 'other.internal', 8080],
  ['receiver.internal:8080', '10.1.2.3', 'a.receiver.internal', 8080],
  ['receiver.internal:8080', '10.1.2.3', 'receiver.internal.example.com', 8080],
  ['10.1.2.3:80', '10.1.2.4', '10.1.2.4', 80],
  ['10.1.2.3:80', '10.1.2.3', '10.1.2.3', 443],
  ['10.0.0.0/8:80', '127.0.0.1', 'any.example.com', 80],
  ['[fd00::/8]:443', 'fc00::1', 'any.example.com', 443],
  ['127.0.0.1:80', '::1', 'localhost', 80],
  ['127.0.0.1:80', '64:ff9b::7f00:1', 'any.example.com', 80],
]
test.each(stillRefused)('the entry %s does not allow %s as %s:%i', (entry, address, host, port) => {
  expect(judgeAddress(address, { host, port }, parseAllowList(entry)).allowed).toBe(false)
})

const wrongEntries =
  'localhost|localhost:|:80|localhost:0|localhost:65536|localhost:http|http://localhost:80|10.0.0.0/33:80|10.0.0.0/-1:80|10.0.0.0/:80|10.0.0.0/8/9:80|10.0.0.0/a:80|[fd00::/129]:80|::1:80|[::1]|[fe80::1%eth0]:80|[localhost]:80|[127.0.0.1]:80|*:80|*.internal:80|a b:80|name/8:80|256.1.1.1:80|127.1:80|0x7f.1:80|2130706433:80|10.0.0.1:80;10.0.0.2:80'
test.each(wrongEntries.split('|'))('the wrong entry %s is refused, and the message names the setting', (entry) => {
  const text = `good.internal:80,${entry}`
  expect(() => parseAllowList(text)).toThrow(AllowListError)
  expect(() => parseAllowList(text)).toThrow('SIGNALBOX_ALLOWED_TARGETS: “')
})
