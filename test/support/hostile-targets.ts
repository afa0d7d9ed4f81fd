import { isIP } from 'node:net'

// What somebody may write for the address of a webhook to reach a place inside: data for the guard's tests.

/** Addresses that nothing is sent to, by what a refusal calls them. */
export const hostileAddresses: Readonly<Record<string, string>> = {
  'an address of this network': '0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255',
  'a private address':
    '10.0.0.0 10.0.0.1 10.1.2.3 10.255.255.255 172.16.0.0 172.16.0.1 172.17.0.1 172.20.10.1 172.31.255.255 192.168.0.0 192.168.0.1 192.168.1.1 192.168.255.255 ::ffff:10.0.0.1 ::ffff:a00:1 ::ffff:192.168.1.1 ::ffff:172.16.0.1 fc00:: fc00::1 fd00::1 fd12:3456:789a::1 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'an address inside a provider': '100.64.0.0 100.64.0.1 100.127.255.255 ::ffff:100.64.0.1',
  'a loopback address':
    '127.0.0.0 127.0.0.1 127.0.0.2 127.0.1.1 127.1.1.1 127.255.255.254 127.255.255.255 ::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0001 ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:7F00:0001 0:0:0:0:0:ffff:127.0.0.1 0:0:0:0:0:ffff:7f00:1',
  'the unspecified address': ':: ::0 0:0:0:0:0:0:0:0',
  'an address where cloud metadata is served':
    '169.254.169.254 169.254.170.2 168.63.129.16 100.100.100.200 192.0.0.192 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe fd00:ec2::254 fd20:ce::254',
  'a link-local address':
    '169.254.0.0 169.254.0.1 169.254.169.253 169.254.255.255 fe80:: fe80::1 fe80::a9fe:a9fe febf::1 fe90::1',
  'a site-local address': 'fec0:: fec0::1 fed0::1 feff::1',
  'a reserved address':
    '192.0.0.0 192.0.0.1 192.0.0.8 192.0.0.170 192.0.0.255 240.0.0.0 240.0.0.1 250.1.2.3 255.255.255.254 2001:1::1 2001:2::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::',
  'an address for documentation':
    '192.0.2.0 192.0.2.1 198.51.100.1 198.51.100.255 203.0.113.0 203.0.113.255 2001:db8:: 2001:db8::1 2001:0db8:ffff::1 3fff:: 3fff:fff::1',
  'a relay address': '192.88.99.0 192.88.99.1 192.88.99.255',
  'an address for benchmarks': '198.18.0.0 198.18.0.1 198.19.255.255',
  'a multicast address':
    '224.0.0.0 224.0.0.1 224.0.0.251 232.1.1.1 239.255.255.250 239.255.255.255 ::ffff:224.0.0.1 ff00:: ff01::1 ff02::1 ff02::fb ff05::2 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'the broadcast address': '255.255.255.255 ::ffff:255.255.255.255',
  'an address where everything is discarded': '100:: 100::1',
  'an unassigned address': '100:0:0:1::1 200::1 400::1 1000::1 1fff::1 4000::1 5f00::1 6000::1 8000::1 e000::1 fe00::1',
  'a compatible address that carries':
    '::127.0.0.1 ::7f00:1 ::10.0.0.1 ::169.254.169.254 ::a9fe:a9fe ::8.8.8.8 ::2 ::ffff',
  'a translated address that carries': '::ffff:0:127.0.0.1 ::ffff:0:7f00:1 ::ffff:0:10.0.0.1 ::ffff:0:8.8.8.8',
  'a NAT64 address that carries':
    '64:ff9b:: 64:ff9b::1 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 0064:ff9b::7f00:1 64:ff9b:1:: 64:ff9b:1::7f00:1 64:ff9b:1::10.0.0.1 64:ff9b:1:a00:0:100:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff 64:ff9b:1:fffe::169.254.169.254 64:ff9b:2::1',
  'a 6to4 address that carries':
    '2002:: 2002:7f00:1:: 2002:7f00:0001::1 2002:a00:1:: 2002:a9fe:a9fe::1 2002:c0a8:101:: 2002:808:808:: 2002:ffff:ffff::',
  'a Teredo address that carries':
    '2001:: 2001::1 2001:0:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:0:4136:e378:8000:63bf:f5ff:fffe 2001:0:808:808::1',
}

/** One thing to write as the address of a webhook; `PORT` stands for the port that is not to be reached. */
export interface HostileTarget {
  readonly trick: string
  readonly url: string
  /** What the refusal says when it is saved; undefined: it is saved. */
  readonly whenSaved: string | undefined
  /** What the refusal says when it is sent to: the name changed, or somebody got it past the door. */
  readonly whenSent: string
  /** By itself it leads to this machine. */
  readonly leadsHere: boolean
}

const loopback = 'a loopback address'
const thisNetwork = 'an address of this network'
const metadata = 'an address where cloud metadata is served'
const privateOne = 'a private address'
const inside = 'is a name inside'
const unreadable = ['This is no address.', 'is no http(s) address'] as const

/** The trick, what the refusals say, and the hosts that use it. */
const hostTricks: readonly (readonly [trick: string, says: string, hosts: string])[] = [
  ['decimal', loopback, '2130706433 2130706434 2147483646'],
  ['decimal', metadata, '2852039166 2822734096'],
  ['decimal', privateOne, '167772161 3232235777 2886729729'],
  ['octal', loopback, '017700000001 0177.0.0.1 0177.1 0177.0.1 00000177.0.0.1 0177.00.00.01'],
  ['octal', metadata, '0251.0376.0251.0376 025177524776'],
  ['octal', privateOne, '012.1 0300.0250.1.1'],
  ['hexadecimal', loopback, '0x7f000001 0x7F000001 0x7f.0.0.1 0x7F.0.0.1 0x7f.1 0x7f.0x0.0x0.0x1 0x000000007f000001'],
  ['hexadecimal', metadata, '0xa9fea9fe 0xa9.0xfe.0xa9.0xfe'],
  ['hexadecimal', privateOne, '0xa.1 0xc0.0xa8.0x1.0x1'],
  ['mixed bases', loopback, '0177.0x0.0.01 0x7f.0.01 127.0x1'],
  ['short forms', loopback, '127.1 127.0.1'],
  ['short forms', metadata, '169.254.43518 169.16689662'],
  ['short forms', privateOne, '192.168.257 10.1 172.1048577'],
  ['zero', thisNetwork, '0 0x0 00 0.0 0.0.0.0 0x00000000'],
  ['a dot at the end', loopback, '127.0.0.1. 127.1. 2130706433. 0x7f000001.'],
  ['percent-encoding', loopback, '%31%32%37.0.0.1 127%2e0%2e0%2e1 %32130706433'],
  ['digits that look alike', loopback, '①②⑦.⓪.⓪.① １２７.０.０.１ 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ₁₂₇.₀.₀.₁ ¹²⁷.0.0.1'],
  ['dots that look alike', loopback, '127。0。0。1 127．0．0．1 127｡0｡0｡1'],
  ['characters that vanish', loopback, '127.0.0\u00ad.1 12\u200b7.0.0.1 127.0.\u20600.1 127.0.0.\t1 127.0.\n0.1'],
  ['brackets', loopback, '[::1] [0:0:0:0:0:0:0:1] [0::1] [::0001]'],
  ['brackets', 'the unspecified address', '[::] [0::0]'],
  ['mapped', loopback, '[::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:127.0.0.1] [0:0:0:0:0:ffff:7f00:0001]'],
  ['mapped', metadata, '[::ffff:169.254.169.254] [::ffff:a9fe:a9fe]'],
  ['carried', 'a NAT64 address that carries 127.0.0.1', '[64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1]'],
  ['carried', 'a 6to4 address that carries 127.0.0.1', '[2002:7f00:1::] [2002:7f00:0001::1]'],
  ['carried', 'a compatible address that carries 127.0.0.1', '[::127.0.0.1] [::7f00:1]'],
  ['carried', 'a Teredo address that carries 127.0.0.1', '[2001:0:4136:e378:8000:63bf:80ff:fffe]'],
  ['a user before it', loopback, 'user:pass@127.0.0.1 example.com@127.0.0.1 example.com:80@127.0.0.1 a%40b@127.0.0.1'],
]

const urlTricks: readonly (readonly [trick: string, whenSaved: string, whenSent: string, urls: string])[] = [
  ['no slashes', loopback, loopback, 'http:127.0.0.1:PORT/ http:/127.0.0.1:PORT/ http:////127.0.0.1:PORT/'],
  ['backslashes', loopback, loopback, 'http:\\\\127.0.0.1:PORT/ http://127.0.0.1:PORT\\@example.com/'],
  [
    'what follows reads like a host',
    loopback,
    loopback,
    'http://127.0.0.1:PORT?@example.com http://127.0.0.1:PORT/@example.com',
  ],
  [
    'another scheme',
    'begins with https:// or http://',
    unreadable[1],
    'ftp://127.0.0.1:PORT/ gopher://127.0.0.1:PORT/ ws://127.0.0.1:PORT/ file:///etc/passwd data:text/plain,a unix:/var/run/docker.sock javascript:1',
  ],
  ['no scheme', ...unreadable, '//127.0.0.1:PORT/ 127.0.0.1:PORT/ /etc/passwd'],
  ['a zone', ...unreadable, 'http://[::1%25lo]:PORT/ http://[fe80::1%25eth0]:PORT/ http://[::1%lo]:PORT/'],
  [
    'no such number',
    ...unreadable,
    'http://256.256.256.256:PORT/ http://0x100000000:PORT/ http://1.2.3.4.5:PORT/ http://127.0.0.09:PORT/ http://[1::2::3]:PORT/',
  ],
  ['no such port', ...unreadable, 'http://127.0.0.1:65536/ http://127.0.0.1:-1/ http://127.0.0.1:PORT0000/'],
  [
    'the port for HTTPS',
    loopback,
    loopback,
    'https://127.0.0.1:PORT/ https://2130706433:PORT/ https://[::1]:PORT/ https://0177.1:PORT/',
  ],
]

/** What a name resolves to: while it is saved, and from then on. */
interface Answers {
  readonly whenSaved: readonly string[]
  readonly whenSent: readonly string[]
}

const always = (...addresses: string[]): Answers => ({ whenSaved: addresses, whenSent: addresses })
const here = always('127.0.0.1')
const outside = '93.184.215.14'

/** Refused by their names alone. */
const insideNames =
  'localhost LOCALHOST localhost. a.localhost a.localhost. localhost.localdomain printer.local metadata.google.internal METADATA.google.internal. metadata db db. host.docker.internal kubernetes.default.svc router.lan nas.home intranet wiki.corp nas.home.arpa my_service bücher.internal'

/** Names like any other; only what they resolve to is inside. */
const changingNames: readonly (readonly [trick: string, name: string, says: string, answers: Answers])[] = [
  ['a name of a place inside', 'inside.example.com', loopback, here],
  ['a name of a place inside', '127.0.0.1.example.com', loopback, here],
  ['a name of a place inside', 'xn--bcher-kva.example.com', loopback, here],
  ['a name of a place inside', 'localhost.example.com', loopback, here],
  ['rebinding', 'rebinding.example.com', loopback, { whenSaved: [outside], whenSent: ['127.0.0.1'] }],
  ['rebinding', 'rebinding6.example.com', loopback, { whenSaved: [outside], whenSent: ['::1'] }],
  ['rebinding', 'rebinding-to-metadata.example.com', metadata, { whenSaved: [outside], whenSent: ['169.254.169.254'] }],
  ['several answers', 'last.example.com', loopback, always(outside, '127.0.0.1')],
  ['several answers', 'first.example.com', loopback, always('127.0.0.1', outside)],
  ['several answers', 'both-families.example.com', loopback, always('2606:4700::1111', '::1')],
  ['several answers', 'mapped.example.com', loopback, always(outside, '::ffff:127.0.0.1')],
  ['several answers', 'third.example.com', privateOne, always(outside, '2606:4700::1111', '10.0.0.1')],
]

/** Every hostile address, as what a name resolves to. */
const answeredAddresses = Object.entries(hostileAddresses)
  .flatMap(([says, addresses]) => addresses.split(' ').map((address) => ({ says, address })))
  .map(({ says, address }, index) => ({ says, name: `answer-${index}.example.com`, answers: always(address) }))

const answersByName = new Map<string, Answers>([
  ...changingNames.map(([, name, , answers]) => [name, answers] as const),
  ...answeredAddresses.map(({ name, answers }) => [name, answers] as const),
])

/** What the name servers of the tests answer; a name of no example is of this machine. */
export function answerTo(name: string, when: keyof Answers): readonly string[] {
  return (answersByName.get(name) ?? here)[when]
}

export const hostileTargets: readonly HostileTarget[] = [
  ...Object.entries(hostileAddresses).flatMap(([says, addresses]) =>
    addresses.split(' ').map((address) => {
      const host = address.includes(':') ? `[${address}]` : address
      return target('an address', `http://${host}:PORT/`, says, says)
    }),
  ),
  ...hostTricks.flatMap(([trick, says, hosts]) =>
    hosts.split(' ').map((host) => target(trick, `http://${host}:PORT/hook`, says, says)),
  ),
  ...urlTricks.flatMap(([trick, whenSaved, whenSent, urls]) =>
    urls.split(' ').map((url) => target(trick, url, whenSaved, whenSent)),
  ),
  ...insideNames.split(' ').map((name) => target('a name inside', `http://${name}:PORT/`, inside, loopback)),
  ...changingNames.map(([trick, name, says]) => target(trick, `http://${name}:PORT/`, undefined, says)),
  ...answeredAddresses.map(({ says, name }) =>
    target('what a name resolves to', `http://${name}:PORT/`, undefined, says),
  ),
]

function target(trick: string, url: string, whenSaved: string | undefined, whenSent: string): HostileTarget {
  return { trick, url, whenSaved, whenSent, leadsHere: url.startsWith('http:') && addressesOf(url).every(isHere) }
}

function addressesOf(url: string): readonly string[] {
  const host = URL.parse(url.replaceAll('PORT', '80'))?.hostname.replace(/^\[|\]$/g, '')
  if (host === undefined) return ['none']
  return isIP(host) === 0 ? answerTo(host, 'whenSent') : [host]
}

function isHere(address: string): boolean {
  return /^(127\.0\.0\.1|::1|::ffff:(127\.0\.0\.1|7f00:1)|0\.0\.0\.0|::)$/.test(address)
}
