import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from './failures.ts'

// The CLI's only reader of the environment.

/** Where the server is and who asks. */
export interface Settings {
  readonly url: string
  readonly apiKey: string | undefined
}

export interface Credentials {
  readonly url: string
  readonly apiKey: string
}

type Environment = Readonly<Record<string, string | undefined>>

const defaultUrl = 'http://127.0.0.1:8080'

/** What the command line says wins over the environment, and that over what `login` remembered. */
export function readSettings(
  given: { readonly url?: string | undefined; readonly apiKey?: string | undefined } = {},
  environment: Environment = process.env,
): Settings {
  const saved = readCredentials(environment)
  const url = checkUrl(given.url ?? value(environment, 'SIGNALBOX_URL') ?? saved?.url ?? defaultUrl)
  // A remembered key is for the server it was remembered with, and is not sent to another.
  const savedKey = saved?.url === url ? saved.apiKey : undefined
  return { url, apiKey: given.apiKey ?? value(environment, 'SIGNALBOX_API_KEY') ?? savedKey }
}

/** What `listen` verifies with, so that secrets need not stand in the list of processes. Several signing secrets: with blanks between. */
export function readListenSecrets(environment: Environment = process.env): {
  readonly signingSecrets: readonly string[]
  readonly wandbSecret: string | undefined
} {
  return {
    signingSecrets: value(environment, 'SIGNALBOX_SIGNING_SECRET')?.trim().split(/\s+/) ?? [],
    wandbSecret: value(environment, 'SIGNALBOX_WANDB_SECRET'),
  }
}

/** No color where nobody watches, or nobody wants it (https://no-color.org). */
export function mayColor(environment: Environment = process.env): boolean {
  return process.stdout.isTTY && value(environment, 'NO_COLOR') === undefined && environment['TERM'] !== 'dumb'
}

/** Readable by its owner only. Answers where. */
export function writeCredentials(credentials: Credentials, environment: Environment = process.env): string {
  const path = credentialsFile(environment)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  return path
}

/** Undefined when there are none, or the file is broken: `login` writes it anew. */
function readCredentials(environment: Environment): Credentials | undefined {
  try {
    const { url, apiKey } = JSON.parse(readFileSync(credentialsFile(environment), 'utf8')) as Partial<Credentials>
    return typeof url === 'string' && typeof apiKey === 'string' ? { url, apiKey } : undefined
  } catch {
    return undefined
  }
}

function credentialsFile(environment: Environment): string {
  const folder = value(environment, 'XDG_CONFIG_HOME') ?? join(homedir(), '.config')
  return join(folder, 'signalbox', 'credentials.json')
}

function checkUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`“${text}” is no address of a server`, '--url http://127.0.0.1:8080')
  return text.replace(/\/+$/, '')
}

/** A variable set to nothing is one that is not set. */
function value(environment: Environment, name: string): string | undefined {
  const text = environment[name]
  return text === undefined || text.trim() === '' ? undefined : text
}
