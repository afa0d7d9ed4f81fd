import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as z from 'zod'

/**
 * Everything an operator may set, read once. This is the only reader of the environment on the server's side; names,
 * defaults and meanings stand here and, for people, in docs/operate/configure.md.
 */
export interface Config {
  readonly role: 'all' | 'api' | 'worker'
  /** PostgreSQL to use; undefined: the embedded one in `dataFolder`. */
  readonly databaseUrl: string | undefined
  /** A direct connection for LISTEN, where `databaseUrl` names a pooler in transaction mode. */
  readonly databaseListenUrl: string | undefined
  /** Off for poolers in transaction mode: named statements belong to a session. */
  readonly databasePrepare: boolean
  readonly databaseConnectionsMax: number
  readonly dataFolder: string
  readonly binariesFolder: string | undefined
  readonly runtimeFolder: string | undefined
  readonly listen: { readonly host: string; readonly port: number }
  readonly publicUrl: string | undefined
  readonly trustedProxies: readonly string[]
  /** As the guard reads it: `10.0.0.0/8:8080, receiver.internal:443`. */
  readonly allowedTargets: string
  /** Where the built-in receiver listens; undefined: there is none. */
  readonly receiver: { readonly host: string; readonly port: number } | undefined
  /** Webhooks may do without verifying certificates. */
  readonly allowUnverifiedTls: boolean
  readonly masterKey: string | undefined
  readonly masterKeysOld: readonly string[]
  readonly retentionDays: number
  /** Who has it may read `/metrics`; undefined: nobody. */
  readonly metricsToken: string | undefined
  /** Only the database is used: what a server needs besides may be missing. */
  readonly databaseOnly: boolean
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** The environment does not make sense; `mistakes` lists every variable at fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(`the configuration has mistakes:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`)
    this.mistakes = mistakes
  }
}

/** What a command line sets wins over the environment. */
export function readConfig(overrides: Partial<Config> = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(withoutBlanks(environment))
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  const e = parsed.data
  const config: Config = {
    role: e.SIGNALBOX_ROLE,
    databaseUrl: e.DATABASE_URL,
    databaseListenUrl: e.DATABASE_LISTEN_URL,
    databasePrepare: e.DATABASE_PREPARE === 'on',
    databaseConnectionsMax: e.DATABASE_CONNECTIONS_MAX,
    dataFolder: e.SIGNALBOX_DATA,
    binariesFolder: e.SIGNALBOX_PG_BIN,
    runtimeFolder: e.XDG_RUNTIME_DIR,
    listen: e.SIGNALBOX_LISTEN,
    publicUrl: e.SIGNALBOX_PUBLIC_URL,
    trustedProxies: e.SIGNALBOX_TRUSTED_PROXIES,
    allowedTargets: e.SIGNALBOX_ALLOWED_TARGETS,
    receiver: e.SIGNALBOX_RECEIVER,
    allowUnverifiedTls: e.SIGNALBOX_ALLOW_UNVERIFIED_TLS === 'true',
    masterKey: e.SIGNALBOX_MASTER_KEY,
    masterKeysOld: e.SIGNALBOX_MASTER_KEYS_OLD,
    retentionDays: e.SIGNALBOX_RETENTION_DAYS,
    metricsToken: e.SIGNALBOX_METRICS_TOKEN,
    databaseOnly: false,
    logLevel: e.SIGNALBOX_LOG_LEVEL,
    ...overrides,
  }
  const mistakes = findContradictions(config)
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return Object.freeze(config)
}

/**
 * Where `try` keeps everything when nobody says: here. As root the database runs as `nobody`, who cannot pass a folder
 * like /root; then it is below /var/lib.
 */
export function defaultTryFolder(): string {
  const here = resolve('signalbox-data')
  return process.getuid?.() !== 0 || othersMayPass(here) ? here : '/var/lib/signalbox/try'
}

function othersMayPass(folder: string): boolean {
  for (let above = dirname(folder); ; above = dirname(above)) {
    if ((statSync(above).mode & 0o001) === 0) return false
    if (above === dirname(above)) return true
  }
}

/** The address people and receivers know this server by. */
export function publicUrlOf(config: Config, port: number): string {
  return (
    config.publicUrl ??
    `http://${config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host}:${port}`
  )
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)

const address = z.string().transform((text, context) => {
  const [, host, port] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([^:]*)):(\d{1,5})$/
      .exec(text)
      ?.filter((part, index) => index === 0 || part !== undefined) ?? []
  if (host === undefined || port === undefined || Number(port) > 65_535) {
    context.addIssue({ code: 'custom', message: 'is no host:port, as in 127.0.0.1:8080 or [::1]:8080' })
    return z.NEVER
  }
  return { host: host === '' ? '0.0.0.0' : host, port: Number(port) }
})

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'does not begin with postgres://')

const Environment = z.object({
  SIGNALBOX_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_LISTEN_URL: databaseUrl.optional(),
  DATABASE_PREPARE: z.enum(['on', 'off']).default('on'),
  DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(3).max(500).default(10),
  SIGNALBOX_DATA: z.string().default('./signalbox-data'),
  SIGNALBOX_PG_BIN: z.string().optional(),
  XDG_RUNTIME_DIR: z.string().optional(),
  SIGNALBOX_LISTEN: address.prefault('127.0.0.1:8080'),
  SIGNALBOX_PUBLIC_URL: z
    .url({ protocol: /^https?$/, message: 'is no http(s) address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  SIGNALBOX_TRUSTED_PROXIES: list.prefault(''),
  SIGNALBOX_ALLOWED_TARGETS: z.string().default(''),
  SIGNALBOX_RECEIVER: address.optional(),
  SIGNALBOX_ALLOW_UNVERIFIED_TLS: z.enum(['true', 'false']).default('false'),
  SIGNALBOX_MASTER_KEY: z.string().optional(),
  SIGNALBOX_MASTER_KEYS_OLD: list.prefault(''),
  SIGNALBOX_RETENTION_DAYS: z.coerce.number().int().min(8).max(3650).default(90),
  SIGNALBOX_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'has fewer than 16 characters, or some that no header holds')
    .optional(),
  SIGNALBOX_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

function findContradictions(config: Config): string[] {
  const mistakes: string[] = []
  if (!isLoopback(config.listen.host) && config.publicUrl === undefined)
    mistakes.push(
      `SIGNALBOX_LISTEN ${config.listen.host} can be reached from other machines, so SIGNALBOX_PUBLIC_URL has to say by which address`,
    )
  if (config.receiver !== undefined && !isLoopback(config.receiver.host))
    mistakes.push(
      `SIGNALBOX_RECEIVER ${config.receiver.host} can be reached from other machines; it is for 127.0.0.1 or ::1`,
    )
  if (config.receiver !== undefined && config.role !== 'all')
    mistakes.push(`SIGNALBOX_RECEIVER needs the role all: what shows its arrivals has to be what receives them`)
  if (config.role !== 'all' && config.databaseUrl === undefined)
    mistakes.push(`SIGNALBOX_ROLE ${config.role} needs a DATABASE_URL: the embedded database serves one process`)
  if (!config.databaseOnly && config.databaseUrl !== undefined && config.masterKey === undefined)
    mistakes.push(
      'SIGNALBOX_MASTER_KEY is missing: with a DATABASE_URL every process needs the same key (32 bytes, base64; make one with: openssl rand -base64 32)',
    )
  return mistakes
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** A variable set to nothing is one that is not set. */
function withoutBlanks(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value]],
    ),
  )
}
