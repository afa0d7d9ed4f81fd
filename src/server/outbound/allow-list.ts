import { BlockList, isIP } from 'node:net'

/** The setting that lets requests go to addresses inside; every refusal names it. */
export const allowListSetting = 'SIGNALBOX_ALLOWED_TARGETS'

/** One entry: a host name, or addresses; and a port. */
export interface AllowedTarget {
  readonly host: string | undefined
  readonly addresses: BlockList | undefined
  readonly port: number
}

export type AllowList = readonly AllowedTarget[]

/** An entry of the setting cannot be read. */
export class AllowListError extends Error {
  override readonly name = 'AllowListError'
}

/** `10.0.0.0/8:8080, receiver.internal:443, [fd00::/8]:443`. Every entry names a port. */
export function parseAllowList(text: string): AllowList {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry)
}

function parseEntry(entry: string): AllowedTarget {
  const [, bracketed, plain, portText] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(entry) ?? []
  const target = bracketed ?? plain
  const port = Number(portText)
  if (target === undefined || port < 1 || port > 65_535)
    throw new AllowListError(`${allowListSetting}: “${entry}” is no host:port, address:port or network/bits:port`)
  const [network, bits, more] = target.split('/')
  const family = network!.includes('%') ? 0 : isIP(network!)
  if ((family === 6) !== (bracketed !== undefined))
    throw new AllowListError(`${allowListSetting}: “${entry}”: brackets hold an IPv6 address, and nothing else`)
  if (family === 0) {
    // A name whose last part is a number is read as an address everywhere: an entry by it would never match.
    if (bits !== undefined || !/^[a-z0-9._-]+$/i.test(target) || /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i.test(target))
      throw new AllowListError(`${allowListSetting}: “${target}” is neither a host name nor an address`)
    return { host: target.toLowerCase(), addresses: undefined, port }
  }
  const bitsMax = family === 4 ? 32 : 128
  const prefix = bits === undefined ? bitsMax : Number(bits)
  if (more !== undefined || !/^\d+$/.test(bits ?? '0') || prefix > bitsMax)
    throw new AllowListError(`${allowListSetting}: “${target}” has no such prefix`)
  const addresses = new BlockList()
  addresses.addSubnet(network!, prefix, family === 4 ? 'ipv4' : 'ipv6')
  return { host: undefined, addresses, port }
}
