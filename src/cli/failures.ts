import { CommanderError } from 'commander'
import { ServerUnreachable, SignalboxProblem } from '../sdk/problem-error.ts'
import { Problem, problems } from '../contract/problem.ts'

export const exitCodes = { done: 0, bug: 1, usage: 2, refused: 3, notFound: 4, unreachable: 5 } as const

/** The command was called in a way that makes no sense. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly try: string
  constructor(message: string, advice: string) {
    super(message)
    this.try = advice
  }
}

/** Says on standard error what went wrong and what to try; answers the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (error instanceof SignalboxProblem) {
    say(error.title, error.detail)
    for (const { pointer, line, column, detail } of error.mistakes)
      process.stderr.write(
        `  ${[pointer, line === undefined ? undefined : `line ${line}, column ${column}`].filter(Boolean).join(' ')}: ${detail}\n`,
      )
    advise(adviceFor(error))
    return error.status === 404 ? exitCodes.notFound : exitCodes.refused
  }
  if (error instanceof Problem) {
    say(problems[error.type].title, error.detail)
    return exitCodes.refused
  }
  if (error instanceof ServerUnreachable) {
    say('The server cannot be reached', error.message)
    advise('start it with `signalbox serve` or `signalbox try`, or name another address with --url')
    return exitCodes.unreachable
  }
  if (error instanceof Error && 'try' in error && typeof error.try === 'string') {
    say(error instanceof UsageError ? 'That cannot be done like this' : 'Signalbox cannot start', error.message)
    advise(error.try)
    return error instanceof UsageError ? exitCodes.usage : exitCodes.refused
  }
  if (error instanceof Error && explained.has(error.name)) {
    say('Signalbox cannot start', error.message)
    return exitCodes.usage
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodes.bug
}

// Errors whose message is written for whoever starts the server.
const explained = new Set(['ConfigError', 'NewerSchemaError', 'AllowListError', 'MasterKeyError'])

function say(title: string, detail: string): void {
  process.stderr.write(`${title}: ${detail}\n`)
}

function advise(advice: string): void {
  process.stderr.write(`try: ${advice}\n`)
}

function adviceFor({ type }: SignalboxProblem): string {
  switch (type) {
    case '/problems/not-authenticated':
      return 'signalbox login, or give a key with SIGNALBOX_API_KEY'
    case '/problems/not-found':
      return 'look at the name or id, and whether the key is of somebody who may see it'
    case '/problems/not-allowed':
      return 'ask an admin of the team for the role'
    default:
      return `read ${type} on the server`
  }
}
