import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The process that `postmaster.pid` names, when it lives and is the server of this very folder. */
export function findLivingServer(pgFolder: string): number | undefined {
  const pid = readPid(pgFolder)
  if (pid === undefined || !isAlive(pid)) return undefined
  return commandLineOf(pid)?.includes(pgFolder) === true ? pid : undefined
}

/** True when the file is there and names a process that lives and is something else: the server would refuse to start. */
export function isStale(pgFolder: string): boolean {
  return readPid(pgFolder) !== undefined && findLivingServer(pgFolder) === undefined
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

/** What the process was started as; asked of `ps` where there is no /proc. */
function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
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
