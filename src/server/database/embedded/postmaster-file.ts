import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { limits } from '../../base/limits.ts'
import { waitUntil } from './wait-until.ts'

/** The process that `postmaster.pid` names, when it lives and is the server of this very folder. */
export function findLivingServer(pgFolder: string): number | undefined {
  const pid = readPid(pgFolder)
  return pid !== undefined && isAlive(pid) && isServerOf(pid, pgFolder) ? pid : undefined
}

/**
 * A file that names a living process that is something else keeps the server from starting, so it is made to name us:
 * the server knows that its parent is none. The file stays, since by the rest of it the server finds out whether
 * processes of the one before still work on the data.
 */
export function makeStale(pgFolder: string): void {
  const pid = readPid(pgFolder)
  if (pid === undefined || !isAlive(pid) || isServerOf(pid, pgFolder)) return
  const path = join(pgFolder, 'postmaster.pid')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(process.pid)))
}

/** Processes of a server that has ended, which work on this folder still. Found on Linux only. */
export function findOrphans(pgFolder: string): readonly number[] {
  if (findLivingServer(pgFolder) !== undefined) return []
  return listProcesses().filter(
    (pid) => argumentsOf(pid)?.[0]?.startsWith('postgres: ') === true && worksIn(pid, pgFolder),
  )
}

/** An `initdb` that works on this folder, and the server it uses for that. Found on Linux only. */
export function findMakers(folder: string): readonly number[] {
  return listProcesses().filter((pid) => {
    const [program, ...rest] = argumentsOf(pid) ?? []
    if (program === undefined || !['initdb', 'postgres'].includes(basename(program))) return false
    return rest.includes(`--pgdata=${folder}`) || worksIn(pid, folder)
  })
}

export async function killProcesses(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  await waitUntil(() => !pids.some(isAlive), limits.embeddedStopMsMax)
}

function listProcesses(): readonly number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !isZombie(pid)
}

function readPid(pgFolder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(pgFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

/** By its arguments, or by the folder it works in, should that have been moved since. */
function isServerOf(pid: number, pgFolder: string): boolean {
  const [program, ...rest] = argumentsOf(pid) ?? []
  if (program === undefined || basename(program) !== 'postgres') return false
  const named = rest[rest.indexOf('-D') + 1]
  return (named !== undefined && isSameFolder(named, pgFolder)) || worksIn(pid, pgFolder)
}

function worksIn(pid: number, folder: string): boolean {
  return process.platform === 'linux' && isSameFolder(`/proc/${pid}/cwd`, folder)
}

function isSameFolder(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(realpathSync(one)), statSync(other)]
    return a.ino === b.ino && a.dev === b.dev
  } catch {
    return false
  }
}

/** What the process was started with; asked of `ps` where there is no /proc, which parts a path at its blanks. */
function argumentsOf(pid: number): readonly string[] | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ')
  } catch {
    return undefined
  }
}

/** Ended, and not yet collected by its parent. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/, ''))
  } catch {
    return false
  }
}
