import { randomBytes } from 'node:crypto'
import { assert } from './assert.ts'

/**
 * Nouns have a number per table, spelled with a prefix on the wire (`whk_42`). Events and deliveries are UUIDv7 made
 * here, spelled with 26 characters of Crockford's base32 (`dlv_01jz…`), so that they sort by time in both spellings.
 */
const numberPrefixes = {
  organization: 'org',
  entity: 'ent',
  team: 'team',
  person: 'usr',
  project: 'prj',
  collection: 'col',
  artifact: 'art',
  secret: 'sec',
  webhook: 'whk',
  automation: 'aut',
  apiKey: 'key',
  audit: 'aud',
  redelivery: 'rdl',
} as const
const uuidPrefixes = { event: 'evt', delivery: 'dlv' } as const

export type NumberNoun = keyof typeof numberPrefixes
export type UuidNoun = keyof typeof uuidPrefixes

declare const noun: unique symbol
export type Id<N extends NumberNoun> = number & { readonly [noun]?: N }
export type Uuid<N extends UuidNoun> = string & { readonly [noun]?: N }

export type OrganizationId = Id<'organization'>
export type EntityId = Id<'entity'>
export type PersonId = Id<'person'>
export type ProjectId = Id<'project'>
export type CollectionId = Id<'collection'>
export type ArtifactId = Id<'artifact'>
export type SecretId = Id<'secret'>
export type WebhookId = Id<'webhook'>
export type AutomationId = Id<'automation'>
export type ApiKeyId = Id<'apiKey'>
export type RedeliveryId = Id<'redelivery'>
export type EventId = Uuid<'event'>
export type DeliveryId = Uuid<'delivery'>

export function spellId(of: NumberNoun, id: number): string {
  return `${numberPrefixes[of]}_${id}`
}

/** Undefined for a wrong prefix or anything that is no id: to the caller that is simply not found. */
export function parseId<N extends NumberNoun>(of: N, text: string): Id<N> | undefined {
  const prefix = `${numberPrefixes[of]}_`
  if (!text.startsWith(prefix)) return undefined
  const digits = text.slice(prefix.length)
  if (!/^[1-9][0-9]{0,15}$/.test(digits)) return undefined
  const id = Number(digits)
  return Number.isSafeInteger(id) ? id : undefined
}

export function spellUuid(of: UuidNoun, uuid: string): string {
  return `${uuidPrefixes[of]}_${toBase32(uuid.replaceAll('-', ''))}`
}

export function parseUuid<N extends UuidNoun>(of: N, text: string): Uuid<N> | undefined {
  const prefix = `${uuidPrefixes[of]}_`
  if (!text.startsWith(prefix)) return undefined
  const hex = fromBase32(text.slice(prefix.length))
  return hex === undefined ? undefined : dashed(hex)
}

/** A UUIDv7: 48 bits of milliseconds, then a counter that keeps ids of one process in the order they were made. */
export function makeUuid(now: Date): string {
  const ms = Math.max(now.getTime(), last.ms)
  last = { ms, counter: ms === last.ms ? last.counter + 1 : Number.parseInt(takeRandomHex().slice(0, 4), 16) & 0x7ff }
  if (last.counter > 0xfff) last = { ms: ms + 1, counter: 0 }
  const time = last.ms.toString(16).padStart(12, '0')
  const random = takeRandomHex()
  const variant = ((Number.parseInt(random[0]!, 16) & 0x3) | 0x8).toString(16)
  return dashed(`${time}7${last.counter.toString(16).padStart(3, '0')}${variant}${random.slice(1)}`)
}
let last = { ms: 0, counter: 0 }

/** 64 random bits. Asking the system for a few at a time costs more than all the rest of an id. */
function takeRandomHex(): string {
  if (randomAt === randomHex.length) {
    randomHex = randomBytes(8 * 512).toString('hex')
    randomAt = 0
  }
  randomAt += 16
  return randomHex.slice(randomAt - 16, randomAt)
}
let randomHex = ''
let randomAt = 0

/** The instant inside a UUIDv7. */
export function uuidTime(uuid: string): Date {
  return new Date(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16))
}

/** The smallest UUID of an instant: a border between partitions, or the start of a page by time. */
export function uuidFloor(at: Date): string {
  assert(at.getTime() >= 0, 'a UUIDv7 has no room for instants before 1970')
  return dashed(at.getTime().toString(16).padStart(12, '0').padEnd(32, '0'))
}

/** Names one request in answers and logs, by 80 random bits. */
export function makeRequestId(): string {
  return `req_${takeRandomHex()}${takeRandomHex().slice(0, 4)}`
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Of 128 bits: the first 8 are two digits, and each 20 that follow, five of hex, are four. */
function toBase32(hex: string): string {
  const first = Number.parseInt(hex.slice(0, 2), 16)
  let text = `${alphabet[first >> 5]}${alphabet[first & 31]}`
  for (let at = 2; at < hex.length; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16)
    text += `${alphabet[bits >> 15]}${alphabet[(bits >> 10) & 31]}${alphabet[(bits >> 5) & 31]}${alphabet[bits & 31]}`
  }
  return text
}

function fromBase32(text: string): string | undefined {
  if (text.length !== 26) return undefined
  let value = 0n
  for (const character of text) {
    const digit = alphabet.indexOf(character)
    if (digit === -1) return undefined
    value = (value << 5n) | BigInt(digit)
  }
  return value >> 128n === 0n ? value.toString(16).padStart(32, '0') : undefined
}

function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
