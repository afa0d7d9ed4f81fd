import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { limits } from '../../base/limits.ts'
import type { Log } from '../../base/log.ts'
import { makePassword, readConnection, urlOf, writeConnection } from './connection-file.ts'
import { explainFileError } from './embedded-database-error.ts'
import { findPostgresPackage } from './find-binaries.ts'
import { lockFolder } from './lock-folder.ts'
import { makeCluster, requireVersion } from './make-cluster.ts'
import { runServer, stopServer, type ServerParts } from './run-server.ts'
import { findServerUser, requireReachable } from './server-user.ts'
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
  const dataFolder = resolve(options.dataFolder)
  const user = findServerUser()
  makeFolder(dataFolder, user === undefined ? 0o700 : 0o711)
  requireReachable(dataFolder, user)
  const lock = lockFolder(dataFolder, options.now)
  try {
    const bundle = findPostgresPackage()
    const binFolder = options.binariesFolder ?? join(unpackBinaries(bundle, dataFolder), 'bin')
    const pgFolder = join(dataFolder, 'pg')
    const socketFolder = makeSocketFolder(dataFolder, user, options.runtimeFolder)
    const firstStart = !existsSync(join(pgFolder, 'PG_VERSION'))
    const connection = {
      password: (firstStart ? undefined : readConnection(dataFolder)?.password) ?? makePassword(),
      socketFolder,
    }
    saveConnection(dataFolder, connection)
    if (firstStart) makeCluster(dataFolder, binFolder, user, connection.password)
    else requireVersion(pgFolder, bundle.version.split('.')[0]!)
    const parts: ServerParts = { dataFolder, binFolder, user, connection, settings: options.settings ?? {} }
    const keeper = keepRunning(await runServer(parts), parts, options.log)
    return {
      url: urlOf(connection),
      firstStart,
      async freeBytes() {
        const { bavail, bsize } = await statfs(dataFolder)
        return bavail * bsize
      },
      async stop() {
        await keeper.stop()
        rmSync(socketFolder, { recursive: true, force: true })
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Starts the server again when it ends by itself; what it says is in its own log. */
function keepRunning(first: ChildProcess, parts: ServerParts, log: Log): { stop(): Promise<void> } {
  let current = first
  let stopping = false
  const watch = (child: ChildProcess): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return
      log.error('embedded_database.ended', { code, signal })
      void restart()
    })
  }
  const restart = async (): Promise<void> => {
    while (!stopping) {
      try {
        current = await runServer(parts)
        if (stopping) return await stopServer(current.pid!)
        log.info('embedded_database.restarted', {})
        return watch(current)
      } catch (error) {
        log.error('embedded_database.not_restarted', { error: error instanceof Error ? error.message : String(error) })
        await waitUntil(() => stopping, limits.embeddedRetryMs * 10)
      }
    }
  }
  watch(first)
  return {
    async stop() {
      stopping = true
      if (current.exitCode === null && current.signalCode === null) await stopServer(current.pid!)
    },
  }
}

function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { recursive: true, mode })
    chmodSync(folder, mode)
  } catch (error) {
    explainFileError(error, folder)
  }
}

function saveConnection(dataFolder: string, connection: Parameters<typeof writeConnection>[1]): void {
  try {
    writeConnection(dataFolder, connection)
  } catch (error) {
    explainFileError(error, dataFolder)
  }
}
