/** Why the embedded database does not start, and what to do about it. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
  readonly code: EmbeddedDatabaseErrorCode
  readonly try: string

  constructor(code: EmbeddedDatabaseErrorCode, message: string, advice: string) {
    super(message)
    this.code = code
    this.try = advice
  }
}

export type EmbeddedDatabaseErrorCode =
  | 'platform-unsupported'
  | 'user-unknown'
  | 'user-refused'
  | 'programs-unusable'
  | 'folder-unreachable'
  | 'folder-locked'
  | 'disk-full'
  | 'disk-read-only'
  | 'other-version'
  | 'other-owner'
  | 'not-started'

/** Turns what the file system says into something a person can act on; anything else is thrown on as it is. */
export function explainFileError(error: unknown, folder: string): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const sqliteCode = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT' || sqliteCode === sqliteFull) throw diskFull(folder)
  if (code === 'EROFS' || sqliteCode === sqliteReadOnly) throw diskReadOnly(folder)
  if (code === 'EACCES' || code === 'EPERM')
    throw new EmbeddedDatabaseError(
      'folder-unreachable',
      `the folder ${folder} cannot be written by this user`,
      'choose another folder with --data, or change its owner',
    )
  throw error
}

const sqliteReadOnly = 8
const sqliteFull = 13

export function diskFull(folder: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'disk-full',
    `the disk that holds ${folder} is full`,
    'make room on it, or choose another folder with --data',
  )
}

export function diskReadOnly(folder: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    'disk-read-only',
    `the disk that holds ${folder} is read-only`,
    'choose a folder on a writable disk with --data',
  )
}
