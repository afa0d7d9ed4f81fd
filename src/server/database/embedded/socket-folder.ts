import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { EmbeddedDatabaseError } from './embedded-database-error.ts'
import type { ServerUser } from './server-user.ts'

// A socket's address has room for 107 bytes.
const pathBytesMax = 107 - '/.s.PGSQL.5432'.length

/** A short, private folder for the server's socket: below /run, the user's runtime folder, or the temporary one. */
export function makeSocketFolder(
  dataFolder: string,
  user: ServerUser | undefined,
  runtimeFolder: string | undefined,
): string {
  const name = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12)
  const candidates = [
    ...(process.getuid?.() === 0 ? [join('/run/signalbox', name)] : []),
    ...(runtimeFolder === undefined || user !== undefined ? [] : [join(runtimeFolder, 'signalbox', name)]),
    join(tmpdir(), `signalbox-${name}`),
    join(tmpdir(), `signalbox-${randomBytes(6).toString('hex')}`),
  ]
  for (const folder of candidates) if (Buffer.byteLength(folder) <= pathBytesMax && tryMake(folder, user)) return folder
  throw new EmbeddedDatabaseError(
    'not-started',
    'there is no place for the socket of the database',
    'set XDG_RUNTIME_DIR to a short, private folder',
  )
}

/** Somebody else's folder of the same name is never used. */
function tryMake(folder: string, user: ServerUser | undefined): boolean {
  try {
    const above = dirname(folder)
    mkdirSync(above, { recursive: true, mode: 0o711 })
    // Whatever the umask: the server's user has to pass it.
    if (user !== undefined && basename(above) === 'signalbox') chmodSync(above, 0o711)
    try {
      mkdirSync(folder, { mode: 0o700 })
      if (user !== undefined) chownSync(folder, user.uid, user.gid)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const found = lstatSync(folder)
    if (!found.isDirectory() || found.uid !== (user?.uid ?? process.getuid?.())) return false
    chmodSync(folder, 0o700)
    return true
  } catch {
    return false
  }
}
