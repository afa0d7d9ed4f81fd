import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { limits } from '../../base/limits.ts'
import { codeOf, sqlstate } from '../sqlstate.ts'
import { urlOf, type ConnectionFile } from './connection-file.ts'
import { explainOutput, notStarted } from './make-cluster.ts'
import { findLivingServer, isAlive, isStale } from './postmaster-file.ts'
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
 * is tried again for a while.
 */
export async function runServer(parts: ServerParts): Promise<ChildProcess> {
  const deadline = performance.now() + limits.embeddedStartMsMax
  for (;;) {
    const pgFolder = join(parts.dataFolder, 'pg')
    await stopLeftover(pgFolder)
    const child = spawnServer(parts)
    const ready = await waitUntil(
      async () => child.exitCode !== null || child.signalCode !== null || (await takesConnections(parts.connection)),
      limits.embeddedRecoveryMsMax,
    )
    if (ready && child.exitCode === null && child.signalCode === null) return child
    const said = readTail(logFileOf(parts.dataFolder))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT')
    const known = explainOutput(said, parts.dataFolder)
    if (known !== undefined) throw known
    if (performance.now() > deadline) throw notStarted('the database did not start', said)
    await waitUntil(() => false, limits.embeddedRetryMs)
  }
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
  if (isStale(pgFolder)) rmSync(join(pgFolder, 'postmaster.pid'), { force: true })
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
  const log = openLog(logFileOf(dataFolder))
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

async function takesConnections(connection: ConnectionFile): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(connection, 'postgres'), connectionTimeoutMillis: 1000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query(`create database signalbox`).catch((error: unknown) => {
      if (codeOf(error) !== sqlstate.duplicateDatabase) throw error
    })
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function logFileOf(dataFolder: string): string {
  return join(dataFolder, 'postgres.log')
}

/** The file of the last start is kept as `.1` once it has grown. */
function openLog(path: string): number {
  try {
    if (statSync(path).size > limits.embeddedLogBytesMax) renameSync(path, `${path}.1`)
  } catch {
    // There is none yet.
  }
  return openSync(path, 'a', 0o600)
}

function readTail(path: string): string {
  return readFileSync(path, 'utf8').slice(-4000)
}
