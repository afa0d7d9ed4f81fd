import { BlockList, isIP } from 'node:net'

/** Ranges that are not the public internet, each with the words a refusal uses. Sources: the IANA special-purpose registries. */
const ranges4: readonly (readonly [cidr: string, kind: string])[] = [
  ['0.0.0.0/8', 'an address of this network'],
  ['10.0.0.0/8', 'a private address'],
  ['100.64.0.0/10', 'an address inside a provider'],
  ['127.0.0.0/8', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address, where cloud metadata is served'],
  ['172.16.0.0/12', 'a private address'],
  ['192.0.0.0/24', 'a reserved address'],
  ['192.0.2.0/24', 'an address for documentation'],
  ['192.88.99.0/24', 'a relay address'],
  ['192.168.0.0/16', 'a private address'],
  ['198.18.0.0/15', 'an address for benchmarks'],
  ['198.51.100.0/24', 'an address for documentation'],
  ['203.0.113.0/24', 'an address for documentation'],
  ['224.0.0.0/4', 'a multicast address'],
  ['240.0.0.0/4', 'a reserved address'],
  ['168.63.129.16/32', 'an address where cloud metadata is served'],
]
const ranges6: readonly (readonly [cidr: string, kind: string])[] = [
  ['2001::/23', 'a reserved address'],
  ['2001:db8::/32', 'an address for documentation'],
  ['3fff::/20', 'an address for documentation'],
]

const lists4 = ranges4.map(([cidr, kind]) => ({ list: listOf(cidr, 'ipv4'), kind }))
const lists6 = ranges6.map(([cidr, kind]) => ({ list: listOf(cidr, 'ipv6'), kind }))

/** Why an address is not a public one; undefined for a public address. Addresses that carry an IPv4 address are judged by it. */
export function kindOfAddress(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 0) return 'no address'
  if (address !== plain) return 'an address with a zone'
  if (family === 4) return lists4.find(({ list }) => list.check(plain, 'ipv4'))?.kind
  const words = wordsOf(plain)
  const inner = innerIpv4(words)
  if (inner !== undefined)
    return kindOfAddress(inner) ?? (inner === mappedOf(words) ? undefined : 'an address that carries another')
  // Everything outside 2000::/3 is local, multicast or unassigned.
  if (words[0]! >> 13 !== 1) return 'not a public address'
  return lists6.find(({ list }) => list.check(plain, 'ipv6'))?.kind
}

/** `::ffff:a.b.c.d` is the IPv4 address itself, written for an IPv6 socket. */
function mappedOf(words: readonly number[]): string | undefined {
  return words.slice(0, 5).every((word) => word === 0) && words[5] === 0xffff ? dotted(words[6]!, words[7]!) : undefined
}

/** The IPv4 address inside mapped, compatible, NAT64, 6to4 and Teredo addresses. */
function innerIpv4(words: readonly number[]): string | undefined {
  const zeros = (from: number, to: number) => words.slice(from, to).every((word) => word === 0)
  if (zeros(0, 6) || mappedOf(words) !== undefined) return dotted(words[6]!, words[7]!)
  if (zeros(0, 4) && words[4] === 0xffff && words[5] === 0) return dotted(words[6]!, words[7]!)
  if (words[0] === 0x64 && words[1] === 0xff9b) return dotted(words[6]!, words[7]!)
  if (words[0] === 0x2002) return dotted(words[1]!, words[2]!)
  if (words[0] === 0x2001 && words[1] === 0) return dotted(words[6]! ^ 0xffff, words[7]! ^ 0xffff)
  return undefined
}

function wordsOf(address: string): number[] {
  const withWords = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((word) => word.toString(16)).join(':'),
  )
  const [head = '', tail] = withWords.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...middle, ...right].map((word) => Number.parseInt(word, 16))
}

function dotted(high: number, low: number): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

function listOf(cidr: string, family: 'ipv4' | 'ipv6'): BlockList {
  const [network, prefix] = cidr.split('/')
  const list = new BlockList()
  list.addSubnet(network!, Number(prefix), family)
  return list
}
