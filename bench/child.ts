import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of the bench. It says how to reach it when it is ready, and ends when this process does. */
export interface Child {
  readonly pid: number
  /** What it said when it was ready: its port, or its address. */
  readonly said: { readonly port: number; readonly url: string }
  ask<Answer>(message: object): Promise<Answer>
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** What it writes on standard output goes there; else nowhere. */
  readonly output?: number
  /** Where a profile of its processor time is put. */
  readonly profileFolder?: string | undefined
  /** It says nothing when it is ready: this waits for it instead. */
  readonly whenReady?: () => Promise<void>
}

export async function forkChild(program: string, options: ChildOptions): Promise<Child> {
  const { args = [], environment = {}, output = 'ignore', profileFolder, whenReady } = options
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    execArgv: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
    stdio: ['ignore', output, 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const gone = ended.then(() => {
    throw new Error(`${program} ended`)
  })
  gone.catch(() => {})
  const nextMessage = (): Promise<unknown> =>
    Promise.race([new Promise((resolve) => child.once('message', resolve)), gone])
  const said = whenReady === undefined ? await nextMessage() : await Promise.race([whenReady(), gone])
  return {
    pid: child.pid!,
    said: said as Child['said'],
    async ask<Answer>(message: object) {
      const answer = nextMessage()
      child.send(message)
      return (await answer) as Answer
    },
    async stop() {
      if (child.connected) child.disconnect()
      const killer = setTimeout(() => child.kill('SIGKILL'), 40_000)
      await ended
      clearTimeout(killer)
    },
  }
}
