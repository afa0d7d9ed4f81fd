import { BlockList, isIP } from 'node:net'

const metadata = 'an address where cloud metadata is served'
const documentation = 'an address for documentation'

/**
 * Ranges that are not the public internet, each with the words a refusal uses; the first that fits counts. Sources: the
 * IANA special-purpose registries, and where clouds serve their metadata.
 */
const kinds4 = listsOf('ipv4', [
  ['169.254.169.254/32', metadata],
  ['169.254.170.2/32', metadata],
  ['100.100.100.200/32', metadata],
  ['192.0.0.192/32', metadata],
  ['168.63.129.16/32', metadata],
  ['255.255.255.255/32', 'the broadcast address'],
  ['0.0.0.0/8', 'an address of this network'],
  ['10.0.0.0/8', 'a private address'],
  ['100.64.0.0/10', 'an address inside a provider'],
  ['127.0.0.0/8', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address'],
  ['172.16.0.0/12', 'a private address'],
  ['192.0.0.0/24', 'a reserved address'],
  ['192.0.2.0/24', documentation],
  ['192.88.99.0/24', 'a relay address'],
  ['192.168.0.0/16', 'a private address'],
  ['198.18.0.0/15', 'an address for benchmarks'],
  ['198.51.100.0/24', documentation],
  ['203.0.113.0/24', documentation],
  ['224.0.0.0/4', 'a multicast address'],
  ['240.0.0.0/4', 'a reserved address'],
])

const kinds6 = listsOf('ipv6', [
  ['fd00:ec2::254/128', metadata],
  ['fd20:ce::254/128', metadata],
  ['::/128', 'the unspecified address'],
  ['::1/128', 'a loopback address'],
  ['100::/64', 'an address where everything is discarded'],
  ['2001::/23', 'a reserved address'],
  ['2001:db8::/32', documentation],
  ['3fff::/20', documentation],
  ['fc00::/7', 'a private address'],
  ['fe80::/10', 'a link-local address'],
  ['fec0::/10', 'a site-local address'],
  ['ff00::/8', 'a multicast address'],
])

/** Why an address is not a public one; undefined for a public address. */
export function kindOfAddress(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '')
  const family = isIP(plain)
  if (family === 0) return 'no address'
  if (address !== plain) return 'an address with a zone'
  return family === 4 ? kindIn(kinds4, plain, 'ipv4') : kindOfIpv6(plain)
}

/** One that carries an IPv4 address is judged by it; a gateway would send it there. */
function kindOfIpv6(address: string): string | undefined {
  const words = wordsOf(address)
  const carried = carriedBy(words)
  if (carried !== undefined) return kindOfCarried(carried)
  // Everything outside 2000::/3 is local, multicast or unassigned.
  return kindIn(kinds6, address, 'ipv6') ?? (words[0]! >> 13 === 1 ? undefined : 'an unassigned address')
}

interface Carried {
  readonly way: 'mapped' | 'compatible' | 'translated' | 'NAT64' | '6to4' | 'Teredo'
  readonly inner: string
}

/** A mapped address is the IPv4 address itself, written for an IPv6 socket; no other way is public. */
function kindOfCarried({ way, inner }: Carried): string | undefined {
  const kind = kindOfAddress(inner)
  if (way === 'mapped') return kind
  return `a ${way} address that carries ${inner}${kind === undefined ? '' : `, ${kind}`}`
}

function carriedBy(words: readonly number[]): Carried | undefined {
  const zeros = (to: number) => words.slice(0, to).every((word) => word === 0)
  const last = dotted(words[6]!, words[7]!)
  if (zeros(5) && words[5] === 0xffff) return { way: 'mapped', inner: last }
  // :: and ::1 are addresses of their own.
  if (zeros(6) && (words[6]! > 0 || words[7]! > 1)) return { way: 'compatible', inner: last }
  if (zeros(4) && words[4] === 0xffff && words[5] === 0) return { way: 'translated', inner: last }
  if (words[0] === 0x64 && words[1] === 0xff9b) return { way: 'NAT64', inner: last }
  if (words[0] === 0x2002) return { way: '6to4', inner: dotted(words[1]!, words[2]!) }
  if (words[0] === 0x2001 && words[1] === 0)
    return { way: 'Teredo', inner: dotted(words[6]! ^ 0xffff, words[7]! ^ 0xffff) }
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

interface AddressKind {
  readonly kind: string
  readonly list: BlockList
}

function listsOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [cidr: string, kind: string])[]): AddressKind[] {
  return ranges.map(([cidr, kind]) => {
    const [network, prefix] = cidr.split('/')
    const list = new BlockList()
    list.addSubnet(network!, Number(prefix), family)
    return { kind, list }
  })
}

function kindIn(kinds: readonly AddressKind[], address: string, family: 'ipv4' | 'ipv6'): string | undefined {
  return kinds.find(({ list }) => list.check(address, family))?.kind
}
