import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** A real Signalbox in a process of its own, so that it can be killed. */
export interface SignalboxProcess {
  readonly pid: number
  readonly url: string
  /** JSON lines it has logged. */
  readonly log: readonly Record<string, unknown>[]
  /** Resolves with the first logged line, past or coming, that passes. */
  logged(test: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

export const testMasterKey = randomBytes(32).toString('base64')
const launcher = new URL('../../bin/signalbox.js', import.meta.url).pathname

export async function startProcess(
  settings: Record<string, string>,
  args: readonly string[] = ['serve'],
): Promise<SignalboxProcess> {
  const child = spawn(process.execPath, [launcher, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SIGNALBOX_LISTEN: '127.0.0.1:0',
      SIGNALBOX_MASTER_KEY: testMasterKey,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: Record<string, unknown>[] = []
  const listeners = new Set<() => void>()
  const noise: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      log.push(JSON.parse(line) as Record<string, unknown>)
    } catch {
      noise.push(line)
    }
    for (const listener of listeners) listener()
  })
  child.stderr.on('data', (chunk: Buffer) => noise.push(chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))

  const logged = (test: (line: Record<string, unknown>) => boolean) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const look = () => {
        const found = log.find(test)
        if (found === undefined) return
        listeners.delete(look)
        resolve(found)
      }
      listeners.add(look)
      look()
      void ended.then((code) => reject(new Error(`Signalbox ended with ${code} before it said so: ${noise.join('')}`)))
    })

  const listening = await logged((line) => line['event'] === 'server.listening')
  return {
    pid: child.pid!,
    url: String(listening['url']),
    log,
    logged,
    async kill(signal) {
      if (isRunning(child)) child.kill(signal)
      return ended
    },
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** The first organization and its admin, by the command an operator would use. Answers the API key. */
export async function makeFirstPerson(settings: Record<string, string>): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    [launcher, 'db', 'setup', '--organization', 'acme', '--admin', 'ada', '--json'],
    {
      env: { PATH: process.env['PATH'] ?? '', ...settings },
    },
  )
  return (JSON.parse(stdout) as { api_key: string }).api_key
}

const run = promisify(execFile)
