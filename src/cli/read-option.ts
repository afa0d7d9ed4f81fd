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
  const text = given === '-' ? readFileSync(0, 'utf8') : given.startsWith('@') ? readFile(given.slice(1)) : given
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${option} is not valid JSON`, `${option} '{"loss": 0.25}', ${option} @file or ${option} -`)
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`the file ${path} cannot be read`, `ls -l ${path}`)
  }
}

function readWhole(
  text: string,
  { what, min, max, advice }: { what: string; min: number; max: number; advice: string },
): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new UsageError(`“${text}” is no ${what}: a whole number from ${min} to ${max}`, advice)
}
