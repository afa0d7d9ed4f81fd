import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedDatabaseError, explainFileError } from './embedded-database-error.ts'

export interface FolderLock {
  release(): void
}

/**
 * One Signalbox per folder. The lock is SQLite's on an empty file: the system lets go of it when the process ends,
 * however it ends, and of two that ask at once it gives it to one. Who holds it stands beside it, for people.
 */
export function lockFolder(folder: string, now: Date): FolderLock {
  const holderFile = join(folder, 'holder.json')
  const lock = openLock(join(folder, 'lock'), folder)
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) explainFileError(error, folder)
    const { pid, since } = readHolder(holderFile)
    throw new EmbeddedDatabaseError(
      'folder-locked',
      `another Signalbox uses the folder ${folder}: process ${pid ?? 'unknown'}, since ${since ?? 'an unknown time'}`,
      'stop it first, or choose another folder with --data',
    )
  }
  writeHolder(holderFile, folder, now)
  return { release: () => lock.close() }
}

function openLock(path: string, folder: string): DatabaseSync {
  try {
    // Two that ask at the very same moment are both refused; of two that ask again for a while one gets it.
    return new DatabaseSync(path, { timeout: 1000 })
  } catch (error) {
    // SQLite says only that it cannot; the file system says why.
    try {
      writeFileSync(path, '', { flag: 'a' })
    } catch (cause) {
      explainFileError(cause, folder)
    }
    throw error
  }
}

function writeHolder(path: string, folder: string, now: Date): void {
  try {
    writeFileSync(`${path}.new`, JSON.stringify({ pid: process.pid, since: now.toISOString() }), { mode: 0o644 })
    renameSync(`${path}.new`, path)
  } catch (error) {
    explainFileError(error, folder)
  }
}

function readHolder(path: string): { pid?: number; since?: string } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid?: number; since?: string }
  } catch {
    return {}
  }
}

const sqliteBusy = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
