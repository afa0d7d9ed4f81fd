import { expect, test } from 'vitest'
import { AllowListError, parseAllowList } from './allow-list.ts'
import { makeUrlCheck } from './check-url.ts'
import { judgeAddress } from './judge-address.ts'

/** By what makes them no public address. */
const hostileAddresses: Record<string, string> = {
  'this network': '0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255',
  'private 10/8': '10.0.0.0 10.0.0.1 10.1.2.3 10.255.255.255',
  'inside a provider': '100.64.0.0 100.64.0.1 100.100.100.200 100.127.255.255',
  loopback: '127.0.0.0 127.0.0.1 127.0.0.2 127.0.1.1 127.1.1.1 127.255.255.254 127.255.255.255',
  'link-local and metadata':
    '169.254.0.0 169.254.0.1 169.254.169.254 169.254.170.2 169.254.169.253 169.254.255.255 168.63.129.16',
  'private 172.16/12': '172.16.0.0 172.16.0.1 172.17.0.1 172.20.10.1 172.31.255.255',
  'protocol assignments': '192.0.0.0 192.0.0.1 192.0.0.8 192.0.0.170 192.0.0.192 192.0.0.255',
  documentation: '192.0.2.0 192.0.2.1 198.51.100.1 198.51.100.255 203.0.113.0 203.0.113.255',
  '6to4 relay': '192.88.99.0 192.88.99.1 192.88.99.255',
  'private 192.168/16': '192.168.0.0 192.168.0.1 192.168.1.1 192.168.255.255',
  benchmark: '198.18.0.0 198.18.0.1 198.19.255.255',
  multicast: '224.0.0.0 224.0.0.1 224.0.0.251 232.1.1.1 239.255.255.250 239.255.255.255',
  reserved: '240.0.0.0 240.0.0.1 250.1.2.3 255.255.255.254 255.255.255.255',
  'unspecified and loopback v6':
    ':: ::0 0:0:0:0:0:0:0:0 ::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0001',
  mapped:
    '::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:7F00:0001 0:0:0:0:0:ffff:127.0.0.1 0:0:0:0:0:ffff:7f00:1 ::ffff:0:0 ::ffff:10.0.0.1 ::ffff:a00:1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:192.168.1.1 ::ffff:172.16.0.1 ::ffff:100.64.0.1 ::ffff:255.255.255.255 ::ffff:224.0.0.1',
  compatible: '::127.0.0.1 ::7f00:1 ::10.0.0.1 ::169.254.169.254 ::a9fe:a9fe ::8.8.8.8 ::2 ::ffff',
  translated: '::ffff:0:127.0.0.1 ::ffff:0:7f00:1 ::ffff:0:10.0.0.1 ::ffff:0:8.8.8.8',
  NAT64:
    '64:ff9b:: 64:ff9b::1 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 0064:ff9b::7f00:1 64:ff9b:1:: 64:ff9b:1::7f00:1 64:ff9b:1::10.0.0.1 64:ff9b:1:a00:0:100:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 64:ff9b:1:fffe::169.254.169.254 64:ff9b:2::1',
  '6to4':
    '2002:: 2002:7f00:1:: 2002:7f00:0001::1 2002:a00:1:: 2002:a9fe:a9fe::1 2002:c0a8:101:: 2002:808:808:: 2002:ffff:ffff::',
  Teredo:
    '2001:: 2001::1 2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:0:4136:e378:8000:63bf:f5ff:fffe 2001:0:808:808::1',
  'protocol assignments v6': '2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::',
  'documentation v6': '2001:db8:: 2001:db8::1 2001:0db8:ffff::1 3fff:: 3fff:fff::1',
  'unique local':
    'fc00:: fc00::1 fd00::1 fd00:ec2::254 fd12:3456:789a::1 fd20:ce::254 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'link-local v6': 'fe80:: fe80::1 fe80::a9fe:a9fe febf::1 fe90::1',
  'site-local': 'fec0:: fec0::1 fed0::1 feff::1',
  'multicast v6': 'ff00:: ff01::1 ff02::1 ff02::fb ff05::2 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'discard and unassigned':
    '100:: 100::1 100:0:0:1::1 200::1 400::1 1000::1 1fff::1 4000::1 5f00::1 6000::1 8000::1 e000::1 fe00::1',
  'with a zone': 'fe80::1%eth0 fe80::1%1 ::1%lo ::1%0 2606:4700::1111%eth0 ff02::1%2',
  'no address':
    '127.1 0x7f.0.0.1 0177.0.0.1 2130706433 017700000001 0x7f000001 localhost 1.2.3 1.2.3.4.5 256.1.1.1 08.8.8.8 :::1 1::2::3 [::1] 1.2.3.4/8',
}
const corpus = Object.entries(hostileAddresses).flatMap(([kind, list]) =>
  list.split(' ').map((address): [string, string] => [kind, address]),
)

test('the corpus of hostile addresses has at least 150', () => {
  expect(new Set(corpus.map(([, address]) => address)).size).toBeGreaterThanOrEqual(150)
})

test.each(corpus)('refused, %s: %s', (_kind, address) => {
  const judgement = judgeAddress(address, { host: 'hook.example.com', port: 443 }, [])
  expect(judgement).toMatchObject({
    allowed: false,
    why: expect.stringContaining('SIGNALBOX_ALLOWED_TARGETS=hook.example.com:443') as string,
  })
})

const publicAddresses =
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2606:4700::1111 2a00:1450:4001::200e 2001:4860:4860::8888 2001:200::1 2001:db7::1 2001:db9::1 2003::1 2400::1 3ffe::1 ::ffff:8.8.8.8 ::ffff:808:808'
test.each(publicAddresses.split(' '))('allowed, public: %s', (address) => {
  expect(judgeAddress(address, { host: 'hook.example.com', port: 443 }, [])).toEqual({ allowed: true })
})

/** Each spells a place inside. */
const hostileUrls =
  'http://2130706433/ http://017700000001/ http://0x7f000001/ http://0x7F000001/ http://127.1/ http://127.0.1/ http://0x7f.1/ http://0x7f.0.0.1/ http://0177.0.0.1/ http://0177.1/ http://0177.0x0.0.01/ http://00000177.0.0.1/ http://127.0.0.1./ http://127.1./ http://0/ http://0x0/ http://0.0.0.0/ http://%31%32%37.0.0.1/ http://127%2e0%2e0%2e1/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://127.0.0.1:80/ http://2852039166/ http://0xa9fea9fe/ http://0251.0376.0251.0376/ http://169.254.43518/ http://0xa.1/ http://012.1/ http://167772161/ http://192.168.257/ http://3232235777/ http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b:1::a9fe:a9fe]/ http://[2002:7f00:1::]/ http://[fe80::1]/ http://[fd00:ec2::254]/ http://localhost/ http://LOCALHOST/ http://localhost./ http://ⓛocalhost/ http://l%6fcalhost/ http://a.localhost/ http://a.localhost./ http://printer.local/ http://metadata.google.internal/ http://metadata.google.internal./ http://metadata/ http://db/ http://db./ http://router.lan/ http://nas.home.arpa/ https://2130706433/ http:127.0.0.1/ http:\\\\127.0.0.1/ http://user@127.0.0.1/ http://example.com@127.0.0.1/ http://[fe80::1%25eth0]/ http://[::1%25lo]/ http://256.256.256.256/ http://0x100000000/ ftp://example.com/ file:///etc/passwd gopher://127.0.0.1/ data:text/plain,a //127.0.0.1/ https://user:pass@example.com/ https://example.com/#x'
const check = makeUrlCheck([], (_host, found) => found(null, [{ address: '93.184.215.14', family: 4 }]))
test.each(hostileUrls.split(' '))('refused when saved: %s', async (url) => {
  expect((await check(url)).mistakes).not.toEqual([])
})

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
