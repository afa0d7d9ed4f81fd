import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export const launcher = new URL('../../bin/signalbox.js', import.meta.url).pathname

/** Nothing of the machine's own settings; a folder for those of the test file. */
export const home = mkdtempSync(join(tmpdir(), 'signalbox-cli-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

export type Environment = Readonly<Record<string, string>>

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a person would, through the launcher, to its end. */
export function run(args: readonly string[], environment: Environment = {}, input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, ...args],
      { env: environmentWith(environment) },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

/** Runs the command on a terminal, and types when it asks; `screen` is what a person would see. */
export function runOnTerminal(
  args: readonly string[],
  environment: Environment,
  { asked, typed }: { readonly asked: string; readonly typed: string },
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const line = [process.execPath, launcher, ...args].map((word) => `'${word}'`).join(' ')
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { ...environmentWith(environment), SHELL: '/bin/sh' },
  })
  let screen = ''
  let hasTyped = false
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString()
    if (hasTyped || !screen.includes(asked)) return
    hasTyped = true
    child.stdin.write(typed)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, screen }))
  })
}

export interface Running {
  /** Lines of standard output so far. */
  readonly lines: readonly string[]
  readonly errors: () => string
  readonly ended: Promise<number | null>
  /** Answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Runs a command that stays up. */
export function start(args: readonly string[], environment: Environment = {}): Running {
  const child = spawn(process.execPath, [launcher, ...args], { env: environmentWith(environment) })
  const lines: string[] = []
  let rest = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return {
    lines,
    errors: () => errors,
    ended,
    stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      return ended
    },
  }
}

function environmentWith(environment: Environment): Environment {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    // Each test file starts many processes; compiling the sources once is enough.
    NODE_COMPILE_CACHE: join(home, 'compiled'),
    ...environment,
  }
}
