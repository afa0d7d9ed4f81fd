import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A file system of its own, in memory, that can be filled. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves so many bytes free. */
  fill(freeBytes: number): Promise<void>
  /** Frees what `fill` took. */
  makeRoom(): Promise<void>
  remove(): Promise<void>
}

const run = promisify(execFile)

export async function makeSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]).catch((cause: unknown) => {
    throw new Error('these tests fill a disk of their own: run them as root, who may mount one', { cause })
  })
  const ballast = join(folder, 'ballast')
  return {
    folder,
    async fill(freeBytes) {
      const file = await open(ballast, 'a')
      const block = Buffer.alloc(64 * 1024)
      try {
        for (;;) {
          const { bavail, bsize } = await statfs(folder)
          const left = bavail * bsize - freeBytes
          if (left <= 0) return
          await file.write(block, 0, Math.min(left, block.length))
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await file.close()
      }
    },
    makeRoom: () => rm(ballast),
    async remove() {
      await run('umount', ['--lazy', folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
