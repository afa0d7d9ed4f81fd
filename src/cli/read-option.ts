import { readFileSync } from 'node:fs'
import { statsLimits } from '../contract/stats.ts'
import { UsageError } from './failures.ts'

export function readPort(text: string): number {
  return readWhole(text, { what: 'port', min: 0, max: 65_535, advice: '--port 8080' })
}

export function readLimit(text: string): number {
  return readWhole(text, { what: 'page size', min: 1, max: 100, advice: '--limit 20, or --all' })
}

export function readMinutes(text: string): number {
  return readWhole(text, { what: 'number of minutes', min: 1, max: statsLimits.minutesMax, advice: '--minutes 60' })
}

export function readStatus(text: string): number {
  return readWhole(text, { what: 'HTTP status', min: 200, max: 599, advice: '--status 200' })
}

export function readSigningSecrets(text: string, earlier: readonly string[] = []): readonly string[] {
  if (!/^whsec_[A-Za-z0-9+/]+=*$/.test(text))
    throw new UsageError('a signing secret is whsec_ and base64', 'the one shown when the webhook was created')
  return [...earlier, text]
}

/** `127.0.0.1:8080` or `[::1]:8080`. */
export function readAddress(text: string): { readonly host: string; readonly port: number } {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? []
  const host = bracketed ?? plain
  if (host === undefined || port === undefined)
    throw new UsageError(`“${text}” is no host:port`, '--listen 127.0.0.1:8080')
  return { host, port: readPort(port) }
}

/** JSON as it stands, from `@file`, or with `-` from standard input. */
export function readJson(option: string, given: string): unknown {
  const text = readText(given)
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${option} is not valid JSON`, `${option} '{"loss": 0.25}', ${option} @file or ${option} -`)
  }
}

/** A text as it stands, from `@file`, or with `-` from standard input. */
export function readText(given: string): string {
  return given === '-' ? readStandardInput() : given.startsWith('@') ? readFile(given.slice(1)) : given
}

let isStandardInputRead = false

/** There is one; who asks a second time would take nothing for what was meant. */
function readStandardInput(): string {
  if (isStandardInputRead) throw new UsageError('standard input is read once', '- for one option, @file for the others')
  isStandardInputRead = true
  return readFileSync(0, 'utf8')
}

/** A JSON object from a file, or with `-` from standard input; its shape is checked by the server. */
export function readObject<Shape>(option: string, given: string): Partial<Shape> {
  const value = readJson(option, given === '-' ? given : `@${given}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${option} is no JSON object`, `${option} file.json`)
  return value
}

/** For an option that may stand several times. */
export function readEach(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text]
}

/** `30s`, `2h` or `3d` before now, or an instant as ISO 8601 writes it. */
export function readInstant(text: string): string {
  const [, count, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(text) ?? []
  const at =
    count === undefined ? new Date(text) : new Date(Date.now() - Number(count) * unitMs[unit as keyof typeof unitMs])
  if (Number.isNaN(at.getTime()))
    throw new UsageError(`“${text}” is no instant`, '2h for two hours ago, or 2026-11-24T14:00:00Z')
  return at.toISOString()
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`the file ${path} cannot be read`, `ls -l ${path}`)
  }
}

/** A whole number from a range, for commander. */
export function wholeNumber(what: string, min: number, max: number, advice: string): (text: string) => number {
  return (text) => readWhole(text, { what, min, max, advice })
}

function readWhole(
  text: string,
  { what, min, max, advice }: { what: string; min: number; max: number; advice: string },
): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new UsageError(`“${text}” is no ${what}: a whole number from ${min} to ${max}`, advice)
}
