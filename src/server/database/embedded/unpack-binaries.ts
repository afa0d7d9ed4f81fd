import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { explainFileError } from './embedded-database-error.ts'
import type { PostgresPackage } from './find-binaries.ts'
import { syncToDisk } from './sync-to-disk.ts'

/**
 * Puts the package's programs below the data folder and makes the links it needs, since npm runs no install script and
 * node_modules may be read-only or out of reach of the user the server runs as. Built under another name and renamed,
 * so that it is whole or not there. Files are linked, not copied, where the disk is the same. What other versions of
 * Signalbox unpacked here goes: they can do it again.
 */
export function unpackBinaries({ version, nativeFolder }: PostgresPackage, dataFolder: string): string {
  const runtimeFolder = join(dataFolder, 'runtime')
  const target = join(runtimeFolder, version)
  if (existsSync(target)) return target
  const fresh = `${target}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(runtimeFolder, { recursive: true })
    chmodSync(runtimeFolder, 0o755)
    for (const name of readdirSync(runtimeFolder)) rmSync(join(runtimeFolder, name), { recursive: true })
    copyTree(nativeFolder, fresh)
    const links = JSON.parse(readFileSync(join(nativeFolder, 'pg-symlinks.json'), 'utf8')) as {
      source: string
      target: string
    }[]
    for (const link of links) {
      const from = join(fresh, link.target.replace(/^native\//, ''))
      const to = join(fresh, link.source.replace(/^native\//, ''))
      rmSync(from, { force: true })
      symlinkSync(relative(dirname(from), to), from)
    }
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    explainFileError(error, dataFolder)
  }
  return target
}

function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o755 })
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) copyTree(source, copy)
    else if (entry.isFile()) linkOrCopy(source, copy, basename(from) === 'bin')
  }
}

function linkOrCopy(source: string, copy: string, executable: boolean): void {
  if (executable) {
    // Programs are copied: npm may have installed them without the right to execute, and theirs are not ours to change.
    copyWhole(source, copy, 0o755)
    return
  }
  try {
    if ((statSync(source).mode & 0o004) === 0) throw new Error('the server could not read it')
    linkSync(source, copy)
  } catch {
    copyWhole(source, copy, 0o644)
  }
}

function copyWhole(source: string, copy: string, mode: number): void {
  copyFileSync(source, copy)
  chmodSync(copy, mode)
  syncToDisk(copy)
}
