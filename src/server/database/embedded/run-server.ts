import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { limits } from '../../base/limits.ts'
import { codeOf, sqlstate } from '../sqlstate.ts'
import { urlOf, type ConnectionFile } from './connection-file.ts'
import { diskFull, EmbeddedDatabaseError, explainFileError } from './embedded-database-error.ts'
import { explainOutput, notStarted } from './make-cluster.ts'
import { findLivingServer, findOrphans, isAlive, killProcesses, makeStale } from './postmaster-file.ts'
import type { ServerUser } from './server-user.ts'
import { waitUntil } from './wait-until.ts'

export interface ServerParts {
  readonly dataFolder: string
  readonly binFolder: string
  readonly user: ServerUser | undefined
  readonly connection: ConnectionFile
  readonly settings: Readonly<Record<string, string>>
}

/**
 * Starts the server as our child in a session of its own, so that Ctrl-C and a TERM to our group do not reach it before
 * we have drained. Answers when it takes connections. A start that fails because the server before it is not quite gone
 * is tried again for a while. What it throws, it throws when nothing runs any more; an abort ends the waiting.
 */
export async function runServer(parts: ServerParts, signal?: AbortSignal): Promise<ChildProcess> {
  const deadline = performance.now() + limits.embeddedStartMsMax
  for (;;) {
    const pgFolder = join(parts.dataFolder, 'pg')
    await stopLeftover(pgFolder)
    const logBytes = sizeOf(logFileOf(parts.dataFolder))
    const child = spawnServer(parts)
    const ended = () => child.exitCode !== null || child.signalCode !== null
    let answer: Answer = 'not yet'
    await waitUntil(async () => {
      if (ended() || signal?.aborted === true) return true
      answer = await askServer(parts.connection)
      return answer !== 'not yet'
    }, limits.embeddedRecoveryMsMax)
    if (!ended() && ((answer as Answer) === 'ready' || signal?.aborted === true)) return child
    if (!ended()) await stopServer(child.pid!)
    if ((answer as Answer) === 'refused') throw passwordRefused(parts.dataFolder)
    const said = readSince(logFileOf(parts.dataFolder), logBytes)
    const known = explainOutput(said, parts.dataFolder) ?? findFullDisk(parts.dataFolder)
    if (known !== undefined) throw known
    if (performance.now() > deadline || signal?.aborted === true) throw notStarted('the database did not start', said)
    await waitUntil(() => signal?.aborted === true, limits.embeddedRetryMs)
  }
}

/** The server's own log lies on the same disk, so a full one may have kept it from saying so. */
function findFullDisk(dataFolder: string): EmbeddedDatabaseError | undefined {
  const { bavail, bsize } = statfsSync(dataFolder)
  return bavail * bsize < walSegmentBytes ? diskFull(dataFolder) : undefined
}

const walSegmentBytes = 16 * 1024 * 1024

function passwordRefused(dataFolder: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'not-started',
    `the database refuses the password in ${join(dataFolder, 'connection.json')}`,
    'put that file back from a copy of the folder',
  )
}

/** Ends the server as gently as time allows: first a fast shutdown, then an immediate one. */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, ms] of [
    ['SIGINT', limits.embeddedStopMsMax],
    ['SIGQUIT', limits.embeddedStopMsMax],
    ['SIGKILL', limits.embeddedStopMsMax],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitUntil(() => !isAlive(pid), ms)) return
  }
}

/** A server that a killed Signalbox left behind is ended properly; its data is whole either way. */
async function stopLeftover(pgFolder: string): Promise<void> {
  const pid = findLivingServer(pgFolder)
  if (pid !== undefined) await stopServer(pid)
  // Those of a killed server's processes that are in the middle of computing live on, and keep the next one from starting.
  await killProcesses(findOrphans(pgFolder))
  makeStale(pgFolder)
}

function spawnServer({ dataFolder, binFolder, user, connection, settings }: ServerParts): ChildProcess {
  const all = {
    listen_addresses: '',
    unix_socket_directories: connection.socketFolder,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...settings,
  }
  const log = openLog(logFileOf(dataFolder), dataFolder)
  try {
    return spawn(
      join(binFolder, 'postgres'),
      ['-D', join(dataFolder, 'pg'), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { cwd: '/', detached: true, stdio: ['ignore', log, log], env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...user },
    ).on('error', () => {})
  } finally {
    closeSync(log)
  }
}

type Answer = 'ready' | 'not yet' | 'refused'

async function askServer(connection: ConnectionFile): Promise<Answer> {
  const client = new pg.Client({ connectionString: urlOf(connection, 'postgres'), connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`create database signalbox`).catch((error: unknown) => {
      if (codeOf(error) !== sqlstate.duplicateDatabase) throw error
    })
    return 'ready'
  } catch (error) {
    return codeOf(error) === sqlstate.invalidPassword ? 'refused' : 'not yet'
  } finally {
    await client.end().catch(() => {})
  }
}

function logFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.log')
}

/** The file of the last start is kept as `.1` once it has grown. */
function openLog(path: string, dataFolder: string): number {
  try {
    if (statSync(path).size > limits.embeddedLogBytesMax) renameSync(path, `${path}.1`)
  } catch {
    // There is none yet.
  }
  try {
    return openSync(path, 'a', 0o600)
  } catch (error) {
    explainFileError(error, dataFolder)
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** What this start wrote: the trouble of an earlier one would mislead. The file may have been begun anew. */
function readSince(path: string, bytes: number): string {
  const whole = readFileSync(path)
  return whole
    .subarray(bytes <= whole.length && bytes <= limits.embeddedLogBytesMax ? bytes : 0)
    .toString()
    .slice(-4000)
}
