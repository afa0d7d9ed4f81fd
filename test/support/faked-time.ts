import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A wall clock that can be put forward and back under processes that run; their monotonic clock goes on as it is. */
export interface FakedTime {
  /** For the environment of the processes that shall see it. */
  readonly settings: Readonly<Record<string, string>>
  /** Seconds from the true time, from now on. */
  turnTo(seconds: number): Promise<void>
  remove(): Promise<void>
}

export async function makeFakedTime(): Promise<FakedTime> {
  const library = await findLibrary()
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-time-'))
  // Whoever runs the database reads it too.
  await chmod(folder, 0o755)
  const file = join(folder, 'offset')
  const turnTo = (seconds: number) => writeFile(file, seconds < 0 ? String(seconds) : `+${seconds}`)
  await turnTo(0)
  return {
    settings: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DISABLE_SHM: '1',
    },
    turnTo,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function findLibrary(): Promise<string> {
  for (const folder of await readdir('/usr/lib')) {
    const found: string[] = await readdir(join('/usr/lib', folder, 'faketime')).catch(() => [])
    if (found.includes('libfaketimeMT.so.1')) return join('/usr/lib', folder, 'faketime', 'libfaketimeMT.so.1')
  }
  throw new Error('these tests turn the clock of processes: apt-get install libfaketime')
}
