import { closeSync, fsyncSync, openSync } from 'node:fs'

/** A rename outlives a power cut only once its folder is on the disk, and a copy only once the file is. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } catch (error) {
    // Some file systems do not know how to do this with a folder; PostgreSQL bears with them too.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error
  } finally {
    closeSync(file)
  }
}
