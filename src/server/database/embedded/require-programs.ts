import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'
import type { ServerUser } from './server-user.ts'

/** The version whose clusters this Signalbox makes and reads. */
export const postgresMajor = '18'

/**
 * Runs the server's program once, as the user it will run as, only to say its version. So everything that keeps it from
 * running is known before there is a cluster, and is not mistaken for trouble with the data.
 */
export function requirePrograms(binFolder: string, user: ServerUser | undefined): void {
  const { status, stdout, stderr, error } = spawnSync(join(binFolder, 'postgres'), ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    ...user,
  })
  if (error !== undefined) throw explainSpawnError(error, binFolder, user)
  if (status !== 0) throw unusable(binFolder, stderr.trim())
  const version = /(\d+)[.\w]*\s*(\(.*\))?\s*$/.exec(stdout)?.[1]
  if (version !== postgresMajor)
    throw new EmbeddedDatabaseError(
      'programs-unusable',
      `the programs in ${binFolder} are of PostgreSQL ${version ?? '(unknown)'}, and PostgreSQL ${postgresMajor} is needed`,
      `name the bin folder of a PostgreSQL ${postgresMajor} with SIGNALBOX_PG_BIN, or unset it`,
    )
}

function explainSpawnError(error: Error, binFolder: string, user: ServerUser | undefined): Error {
  const code = 'code' in error ? error.code : undefined
  // EINVAL: a container's user namespace that has no number for nobody.
  if (user !== undefined && (code === 'EPERM' || code === 'EINVAL'))
    return new EmbeddedDatabaseError(
      'user-refused',
      `the database does not run as root, and this root may not act as nobody (user id ${user.uid})`,
      'start Signalbox as an ordinary user, or give the container SETUID, SETGID and CHOWN, or set DATABASE_URL',
    )
  if (code === 'ENOENT') return unusable(binFolder, 'there is no program postgres that this system can run')
  if (code === 'EACCES')
    return unusable(
      binFolder,
      `${user === undefined ? 'this user' : 'nobody'} may not run them; their disk may be mounted noexec, or a folder above them be closed`,
    )
  return error
}

function unusable(binFolder: string, why: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'programs-unusable',
    `the programs in ${binFolder} do not run: ${why}`,
    'choose a folder on another disk with --data, name other programs with SIGNALBOX_PG_BIN, or set DATABASE_URL',
  )
}
