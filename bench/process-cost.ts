import { readdirSync, readFileSync } from 'node:fs'

/** What a process and everything below it has used. Read from /proc, so on Linux only. */
export interface ProcessCost {
  readonly cpuSeconds: number
  /** Memory of their own, and their share of what they have in common. */
  readonly memoryMb: number
}

const ticksPerSecond = 100

export function readCost(pid: number): ProcessCost {
  const costs = [pid, ...childrenOf(pid)].map((one) => ({ cpuSeconds: readCpu(one), memoryMb: readMemory(one) }))
  return {
    cpuSeconds: sum(costs.map(({ cpuSeconds }) => cpuSeconds)),
    memoryMb: sum(costs.map(({ memoryMb }) => memoryMb)),
  }
}

/** Including those that have ended and were waited for. */
function readCpu(pid: number): number {
  const fields = readStat(pid)
  return fields === undefined ? 0 : sum(fields.slice(11, 15).map(Number)) / ticksPerSecond
}

function readMemory(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss: +(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function childrenOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .map(Number)
    .filter((candidate) => candidate > 0)
    .map((candidate) => [candidate, Number(readStat(candidate)?.[1] ?? 0)] as const)
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)])
  return below(pid)
}

/** The fields behind the name, which may hold blanks; undefined when the process is gone. */
function readStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
