import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { superuser } from './connection-file.ts'
import { diskFull, diskReadOnly, EmbeddedDatabaseError, explainFileError } from './embedded-database-error.ts'
import { findMakers, killProcesses } from './postmaster-file.ts'
import type { ServerUser } from './server-user.ts'
import { syncToDisk } from './sync-to-disk.ts'

/**
 * Makes an empty cluster below the data folder. `initdb` works under another name, renamed when it is done, so that a
 * crash in the middle leaves nothing that a later start would take for a cluster.
 */
export async function makeCluster(
  dataFolder: string,
  binFolder: string,
  user: ServerUser | undefined,
  password: string,
): Promise<void> {
  requirePlainPath(binFolder)
  const fresh = join(dataFolder, `pg.new-${randomBytes(6).toString('hex')}`)
  const passwordFile = `${fresh}.password`
  try {
    await removeLeftovers(dataFolder)
    mkdirSync(fresh, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    if (user !== undefined) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid)
    runInitdb(binFolder, fresh, passwordFile, user, dataFolder)
    renameSync(fresh, join(dataFolder, 'pg'))
    syncToDisk(dataFolder)
  } catch (error) {
    rmSync(fresh, removal)
    explainFileError(error, dataFolder)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** The `initdb` of a killed Signalbox may still be at work, and would make anew what is removed. */
async function removeLeftovers(dataFolder: string): Promise<void> {
  const leftovers = readdirSync(dataFolder).filter((name) => name.startsWith('pg.new-'))
  for (const path of leftovers.map((name) => join(dataFolder, name))) {
    await killProcesses(findMakers(path))
    rmSync(path, removal)
  }
}

const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }

/** What is there and is no cluster may be the rest of one: it is not for us to throw away. */
export function requireNothingIn(pgFolder: string): void {
  if (!existsSync(pgFolder) || readdirSync(pgFolder).length === 0) return
  throw new EmbeddedDatabaseError(
    'not-started',
    `${pgFolder} holds files, and no database`,
    'move it away, or choose another folder with --data',
  )
}

/** Refuses a cluster of another major version: its files mean something else to this one. */
export function requireVersion(pgFolder: string, major: string): void {
  const found = readFileSync(join(pgFolder, 'PG_VERSION'), 'utf8').trim()
  if (found !== major)
    throw new EmbeddedDatabaseError(
      'other-version',
      `the folder holds a database of PostgreSQL ${found}, and this Signalbox brings PostgreSQL ${major}`,
      'start the Signalbox that made it, or choose another folder with --data',
    )
}

/** `initdb` runs the server by a shell's line, with the path in double quotes. */
function requirePlainPath(binFolder: string): void {
  if (!/["$`\\\n]/.test(binFolder)) return
  throw new EmbeddedDatabaseError(
    'folder-unreachable',
    `the path ${binFolder} holds one of " $ \` \\, and the database cannot be made by programs in such a folder`,
    'choose a folder with a plainer name with --data',
  )
}

function runInitdb(
  binFolder: string,
  folder: string,
  passwordFile: string,
  user: ServerUser | undefined,
  dataFolder: string,
): void {
  const args = [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  const { status, stdout, stderr, error } = spawnSync(join(binFolder, 'initdb'), args, {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    ...user,
  })
  if (error !== undefined) throw error
  if (status === 0) return
  const said = `${stdout}${stderr}`
  throw explainOutput(said, dataFolder) ?? notStarted('the database could not be made', said)
}

/** The programs tell of the disk in words only, in the C locale. */
export function explainOutput(said: string, dataFolder: string): EmbeddedDatabaseError | undefined {
  if (said.includes('No space left on device') || said.includes('Disk quota exceeded')) return diskFull(dataFolder)
  if (said.includes('Read-only file system')) return diskReadOnly(dataFolder)
  return undefined
}

export function notStarted(what: string, said: string): EmbeddedDatabaseError {
  const tail = said.trim().split('\n').slice(-8).join('\n')
  return new EmbeddedDatabaseError(
    'not-started',
    `${what}; it said:\n${tail}`,
    'look at what it said above; another folder can be chosen with --data',
  )
}
