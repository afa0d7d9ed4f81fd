import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'

/** PostgreSQL refuses to run as root: there it runs as `nobody`, who then owns its data and socket, and nothing else. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/** Undefined: the server runs as the user we are. */
export function findServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) {
    requireKnownUser()
    return undefined
  }
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim())
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    throw new EmbeddedDatabaseError(
      'user-unknown',
      'this system has no user nobody, as which the database would run',
      'start Signalbox as an ordinary user, or set DATABASE_URL',
    )
  }
}

/** `initdb` and the server look their own user up, and end when it has no name. */
function requireKnownUser(): void {
  try {
    userInfo()
  } catch {
    throw new EmbeddedDatabaseError(
      'user-unknown',
      `the user id ${process.getuid?.()} has no name on this system, and PostgreSQL does not run without one`,
      'add the user to /etc/passwd (in a container, run as a user of the image), or set DATABASE_URL',
    )
  }
}

/** PostgreSQL works only on data of its own user's: not on what was made by another one, before `sudo`, say. */
export function requireOwner(pgFolder: string, user: ServerUser | undefined): void {
  const { uid } = statSync(pgFolder)
  const server = user?.uid ?? process.getuid?.() ?? uid
  if (uid === server) return
  const group = user === undefined ? '' : `:${user.gid}`
  throw new EmbeddedDatabaseError(
    'other-owner',
    `the database in ${pgFolder} belongs to the user id ${uid}, and would be run by the user id ${server}`,
    `start Signalbox as the user who started it before, or hand it over: chown -R ${server}${group} ${pgFolder}`,
  )
}

/** The server's user has to pass the data folder and every folder above it, which is given as it really lies. */
export function requireReachable(folder: string, user: ServerUser | undefined): void {
  if (user === undefined) return
  for (let above = folder; ; above = dirname(above)) {
    const { mode, uid, gid } = statSync(above)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0)
      throw new EmbeddedDatabaseError(
        'folder-unreachable',
        `the database runs as nobody, who cannot pass ${above} to reach its data in ${folder}`,
        `choose another folder, as with --data /var/lib/signalbox, or let others pass: chmod o+x ${above}`,
      )
    if (above === dirname(above)) return
  }
}
