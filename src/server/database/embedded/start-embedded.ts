import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { limits } from '../../base/limits.ts'
import type { Log } from '../../base/log.ts'
import { makePassword, readConnection, urlOf, writeConnection } from './connection-file.ts'
import { EmbeddedDatabaseError, explainFileError } from './embedded-database-error.ts'
import { findPostgresPackage } from './find-binaries.ts'
import { lockFolder } from './lock-folder.ts'
import { makeCluster, requireNothingIn, requireVersion } from './make-cluster.ts'
import { runServer, stopServer, type ServerParts } from './run-server.ts'
import { postgresMajor, requirePrograms } from './require-programs.ts'
import { findServerUser, requireOwner, requireReachable, type ServerUser } from './server-user.ts'
import { makeSocketFolder } from './socket-folder.ts'
import { unpackBinaries } from './unpack-binaries.ts'
import { waitUntil } from './wait-until.ts'

/** A PostgreSQL of our own, run as our child. The lock on its folder proves that no other Signalbox uses it. */
export interface EmbeddedDatabase {
  /** For `pg` and `psql`: over the socket, with the password. */
  readonly url: string
  /** The database was made by this start. */
  readonly firstStart: boolean
  freeBytes(): Promise<number>
  /** Ends the server and lets go of the folder; a second call waits for the first. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataFolder: string
  readonly log: Log
  readonly now: Date
  /** `bin` of another PostgreSQL of the same major version. */
  readonly binariesFolder?: string | undefined
  /** $XDG_RUNTIME_DIR. */
  readonly runtimeFolder?: string | undefined
  /** Further settings of the server. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Throws EmbeddedDatabaseError, which says what to do. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  // Named programs do without the package, as on musl. On Windows a server cannot be run like this at all.
  const named = process.platform === 'win32' ? undefined : options.binariesFolder
  const source = named === undefined ? findPostgresPackage() : resolve(named)
  const user = findServerUser()
  const dataFolder = makeFolder(resolve(options.dataFolder), user)
  requireReachable(dataFolder, user)
  const lock = lockFolder(dataFolder, options.now)
  let socketFolder: string | undefined
  const cleanUp = (): void => {
    if (socketFolder !== undefined) rmSync(socketFolder, { recursive: true, force: true })
    lock.release()
  }
  try {
    const binFolder = typeof source === 'string' ? source : join(unpackBinaries(source, dataFolder), 'bin')
    requirePrograms(binFolder, user)
    const pgFolder = join(dataFolder, 'pg')
    const firstStart = !existsSync(join(pgFolder, 'PG_VERSION'))
    if (firstStart) requireNothingIn(pgFolder)
    else {
      requireOwner(pgFolder, user)
      requireVersion(pgFolder, postgresMajor)
    }
    const password = firstStart ? makePassword() : readPassword(dataFolder)
    socketFolder = makeSocketFolder(dataFolder, user, options.runtimeFolder)
    const connection = { password, socketFolder }
    saveConnection(dataFolder, connection)
    if (firstStart) await makeCluster(dataFolder, binFolder, user, password)
    const parts: ServerParts = { dataFolder, binFolder, user, connection, settings: options.settings ?? {} }
    const keeper = keepRunning(await runServer(parts), parts, options.log)
    let stopped: Promise<void> | undefined
    return {
      url: urlOf(connection),
      firstStart,
      async freeBytes() {
        const { bavail, bsize } = await statfs(dataFolder)
        return bavail * bsize
      },
      stop: () => (stopped ??= keeper.stop().then(cleanUp)),
    }
  } catch (error) {
    cleanUp()
    throw error
  }
}

/** Starts the server again when it ends by itself; what it says is in its own log. */
function keepRunning(first: ChildProcess, parts: ServerParts, log: Log): { stop(): Promise<void> } {
  let current = first
  let restarting: Promise<void> | undefined
  const stopping = new AbortController()
  const { signal } = stopping
  const watch = (child: ChildProcess): void => {
    child.once('exit', (code, killedBy) => {
      if (signal.aborted) return
      log.error('embedded_database.ended', { code, signal: killedBy })
      restarting = restart()
    })
  }
  const restart = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        current = await runServer(parts, signal)
        if (signal.aborted) return
        log.info('embedded_database.restarted', {})
        return watch(current)
      } catch (error) {
        if (signal.aborted) return
        log.error('embedded_database.not_restarted', { error: error instanceof Error ? error.message : String(error) })
        await waitUntil(() => signal.aborted, limits.embeddedRetryMs * 10)
      }
    }
  }
  watch(first)
  return {
    async stop() {
      stopping.abort()
      await restarting
      if (current.exitCode === null && current.signalCode === null) await stopServer(current.pid!)
    },
  }
}

/**
 * Answers the folder as it really lies, since a server left behind is known by it. One that is there already keeps its
 * rights, which are its owner's choice, but that the server's user may pass it.
 */
function makeFolder(folder: string, user: ServerUser | undefined): string {
  try {
    if (!existsSync(folder)) {
      makeParents(dirname(folder))
      mkdirSync(folder)
      chmodSync(folder, user === undefined ? 0o700 : 0o711)
    }
    const { mode, uid } = statSync(folder)
    if (user !== undefined && uid === process.getuid?.() && (mode & 0o001) === 0) chmodSync(folder, mode | 0o011)
    return realpathSync(folder)
  } catch (error) {
    explainFileError(error, folder)
  }
}

/** One by one: asked for several, `mkdir` says of a read-only disk that there is no such folder. */
function makeParents(folder: string): void {
  if (existsSync(folder)) return
  makeParents(dirname(folder))
  mkdirSync(folder)
}

function readPassword(dataFolder: string): string {
  const password = readConnection(dataFolder)?.password
  if (password === undefined)
    throw new EmbeddedDatabaseError(
      'not-started',
      `${join(dataFolder, 'connection.json')}, which holds the password of the database, is gone or cannot be read`,
      'put it back from a copy of the folder',
    )
  return password
}

function saveConnection(dataFolder: string, connection: Parameters<typeof writeConnection>[1]): void {
  try {
    writeConnection(dataFolder, connection)
  } catch (error) {
    explainFileError(error, dataFolder)
  }
}
