import { problems, Problem, type Mistake } from '../contract/problem.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from '../sdk/problem-error.ts'
import { plain } from './plain.ts'

export const exitCodes = { done: 0, bug: 1, usage: 2, refused: 3, notFound: 4, unreachable: 5, testFailed: 6 } as const

export const exitCodesInWords =
  'Exit codes: 0 done, 1 our mistake, 2 usage, 3 refused, 4 not found, 5 server unreachable, 6 webhook test failed.'

/** The command was called in a way that makes no sense. `advice` is a command, or what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly advice: string
  constructor(message: string, advice: string) {
    super(message)
    this.advice = advice
  }
}

/** What was asked for makes sense, and cannot be done here and now. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly advice: string
  constructor(message: string, advice: string) {
    super(message)
    this.advice = advice
  }
}

interface Failure {
  readonly exitCode: number
  readonly title: string
  readonly detail: string
  readonly mistakes?: readonly Mistake[]
  readonly advice: string
}

/** Says on standard error what went wrong, each mistake with its place, and what to try; answers the exit code. */
export function reportFailure(error: unknown): number {
  const { exitCode, title, detail, mistakes = [], advice } = explain(error)
  const lines = [sayOnce(title, detail), ...mistakes.map((mistake) => `  ${spellMistake(mistake)}`), `try: ${advice}`]
  process.stderr.write(`${plain(lines.join('\n'))}\n`)
  return exitCode
}

function explain(error: unknown): Failure {
  if (error instanceof SignalboxProblem) {
    const { title, mistakes, type } = error
    const exitCode = error.status === 404 ? exitCodes.notFound : exitCodes.refused
    const detail = error.detail.replaceAll(forceInQuery, '--force')
    return { exitCode, title, detail, mistakes, advice: adviceFor(type, error.detail.includes(forceInQuery)) }
  }
  if (error instanceof Problem) {
    const { title } = problems[error.type]
    const { detail, errors: mistakes = [], type } = error
    return { exitCode: exitCodes.refused, title, detail, mistakes, advice: adviceFor(`/problems/${type}`) }
  }
  if (error instanceof ServerUnreachable)
    return {
      exitCode: exitCodes.unreachable,
      title: 'The server cannot be reached',
      detail: error.message,
      advice: 'signalbox serve or signalbox try starts one; --url or SIGNALBOX_URL names another',
    }
  if (error instanceof UnexpectedAnswer)
    return {
      exitCode: exitCodes.bug,
      title: 'The answer cannot be understood',
      detail: error.message,
      advice: 'signalbox --version: use the version that the server has',
    }
  if (error instanceof UsageError)
    return {
      exitCode: exitCodes.usage,
      title: 'That cannot be done like this',
      detail: error.message,
      advice: error.advice,
    }
  if (error instanceof RefusedError)
    return {
      exitCode: exitCodes.refused,
      title: 'That cannot be done now',
      detail: error.message,
      advice: error.advice,
    }
  return explainStart(error)
}

/** What keeps the server or the database from starting; its classes live in rooms that this one does not import. */
function explainStart(error: unknown): Failure {
  const name = error instanceof Error ? error.name : ''
  const detail = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const own = error instanceof Error && 'try' in error && typeof error.try === 'string' ? error.try : undefined
  const title = 'Signalbox cannot start'
  if (name === 'ConfigError' || name === 'AllowListError')
    return { exitCode: exitCodes.usage, title, detail, advice: own ?? 'set what is named above in the environment' }
  if (name === 'NewerSchemaError')
    return {
      exitCode: exitCodes.refused,
      title,
      detail,
      advice: own ?? 'the version that the database was migrated to',
    }
  if (own !== undefined) return { exitCode: exitCodes.refused, title, detail, advice: own }
  if (code === 'EADDRINUSE')
    return {
      exitCode: exitCodes.refused,
      title,
      detail: `the address is taken (${detail})`,
      advice: 'another port, with --port or SIGNALBOX_LISTEN',
    }
  if (databaseAway.has(code))
    return {
      exitCode: exitCodes.unreachable,
      title: 'The database cannot be reached',
      detail,
      advice: 'look whether DATABASE_URL is right and PostgreSQL is running',
    }
  return {
    exitCode: exitCodes.bug,
    title: 'Something went wrong on our side',
    detail: error instanceof Error ? (error.stack ?? detail) : detail,
    advice: 'tell us what you did, with the lines above',
  }
}

/** Nothing listens, the name is unknown, or PostgreSQL does not let us in. */
const databaseAway = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EAI_AGAIN',
  '28000',
  '28P01',
  '3D000',
  '57P03',
])

/** How the API spells what is `--force` here. */
const forceInQuery = '?force=true'

function adviceFor(type: string, canBeForced = false): string {
  switch (type) {
    case '/problems/in-use':
      return canBeForced ? 'the same with --force, if that is meant' : 'the same when nothing above uses it any more'
    case '/problems/delivery-finished':
      return 'signalbox deliveries redeliver <id>, which makes a new one of it'
    case '/problems/delivery-unfinished':
      return 'signalbox deliveries try-now <id>, or signalbox deliveries cancel <id>'
    case '/problems/not-authenticated':
      return 'signalbox login, or a key in SIGNALBOX_API_KEY'
    case '/problems/sign-in-refused':
      return 'the name and the password again; an admin can set a new password'
    case '/problems/not-found':
      return 'look at the name or id, and whether the key is of somebody who may see it (signalbox me)'
    case '/problems/not-allowed':
      return 'ask an admin of the team for the role'
    case '/problems/already-set-up':
      return 'signalbox login --name <admin>'
    case '/problems/revision-changed':
      return 'look at what it is by now (show), and whether the change is still right'
    case '/problems/name-taken':
      return 'another name'
    case '/problems/event-id-taken':
      return 'another --id, or none'
    case '/problems/request-invalid':
      return 'the same with what is said above put right'
    case '/problems/unavailable':
    case '/problems/rate-limited':
      return 'again in a moment'
    default:
      return `read ${type} on the server, which explains it`
  }
}

/** Where the detail says what the title says, of a thing with a name, it stands for both. */
function sayOnce(title: string, detail: string): string {
  const said = title.replace(/^It /, '').toLowerCase()
  const at = detail.toLowerCase().indexOf(said)
  if (at === -1) return `${title}: ${detail}`
  const end = at + said.length
  const rest = detail.slice(end).replace(/^[.:;]?\s*/, '')
  return rest === '' ? detail : `${detail.slice(0, end)}: ${rest}`
}

function spellMistake({ pointer, line, column, detail }: Mistake): string {
  const place = [pointer, line === undefined ? undefined : `line ${line}`, column && `column ${column}`]
  return `${place.filter(Boolean).join(', ') || '#'}: ${detail}`
}
