import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where the server is and who asks. What the command line says wins over the environment, and that over `login`. */
export interface Settings {
  readonly url: string
  readonly apiKey: string | undefined
}

const defaultUrl = 'http://127.0.0.1:8080'

// The CLI's only reader of the environment.
export function readSettings(
  given: { readonly url?: string | undefined; readonly apiKey?: string | undefined } = {},
): Settings {
  const saved = readCredentials()
  const url = given.url ?? process.env['SIGNALBOX_URL'] ?? saved?.url ?? defaultUrl
  // A saved key is for the server it was saved with, and is not sent to another.
  const savedKey = saved?.url === url ? saved.apiKey : undefined
  return { url, apiKey: given.apiKey ?? process.env['SIGNALBOX_API_KEY'] ?? savedKey }
}

export function signingSecretFromEnvironment(): string | undefined {
  return process.env['SIGNALBOX_SIGNING_SECRET']
}

export function mayColor(): boolean {
  return process.stdout.isTTY && process.env['NO_COLOR'] === undefined
}

/** Readable by its owner only. Answers where. */
export function writeCredentials(credentials: { url: string; apiKey: string }): string {
  const path = credentialsFile()
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return path
}

function readCredentials(): { url: string; apiKey: string } | undefined {
  try {
    return JSON.parse(readFileSync(credentialsFile(), 'utf8')) as { url: string; apiKey: string }
  } catch {
    return undefined
  }
}

function credentialsFile(): string {
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'signalbox', 'credentials.json')
}
