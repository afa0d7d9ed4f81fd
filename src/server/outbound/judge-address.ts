import { isIP } from 'node:net'
import { kindOfAddress } from './address-kinds.ts'
import { allowListSetting, type AllowedTarget, type AllowList } from './allow-list.ts'

export interface Target {
  /** As the URL spells it, without brackets. */
  readonly host: string
  readonly port: number
}

export type Judgement = { readonly allowed: true } | { readonly allowed: false; readonly why: string }

/** Whether a connection may be made to this address of the target: public ones, and what the operator's list names. */
export function judgeAddress(address: string, target: Target, allowList: AllowList): Judgement {
  const kind = kindOfAddress(address)
  if (kind === undefined || allowList.some((entry) => allows(entry, address, target))) return { allowed: true }
  const who = target.host === address ? address : `${target.host} has the address ${address}, which`
  return { allowed: false, why: `${who} is ${kind}; ${adviceFor(target)}` }
}

export function adviceFor({ host, port }: Target): string {
  return `nothing is sent there unless the operator allows it with ${allowListSetting}=${isIP(host) === 6 ? `[${host}]` : host}:${port}`
}

/** A list entry by host name lets that name resolve to anything; one by address lets any name resolve to it. */
export function allows(entry: AllowedTarget, address: string | undefined, target: Target): boolean {
  if (entry.port !== target.port) return false
  if (entry.host !== undefined) return entry.host === target.host.toLowerCase()
  const family = address === undefined ? 0 : isIP(address)
  return family !== 0 && entry.addresses!.check(address!, family === 6 ? 'ipv6' : 'ipv4')
}
