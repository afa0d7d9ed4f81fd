import { afterEach, expect, test, vi } from 'vitest'
import { Problem } from '../contract/problem.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from '../sdk/problem-error.ts'
import { RefusedError, reportFailure, UsageError } from './failures.ts'

afterEach(() => vi.restoreAllMocks())

function report(error: unknown): { code: number; said: string } {
  let said = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    said += String(chunk)
    return true
  })
  return { code: reportFailure(error), said }
}

function refused(status: number, type: string): SignalboxProblem {
  return new SignalboxProblem({ type, title: 'Title', status, detail: 'Detail.' })
}

function named(name: string, members: object = {}): Error {
  return Object.assign(new Error('what happened'), { name, ...members })
}

test.each<[string, unknown, number]>([
  ['a bug', new Error('impossible'), 1],
  ['what is thrown and no error', 'impossible', 1],
  ['an answer that is not understood', new UnexpectedAnswer('GET /me'), 1],
  ['wrong usage', new UsageError('no', '--help'), 2],
  ['a configuration with mistakes', named('ConfigError'), 2],
  ['a refusal', refused(422, '/problems/request-invalid'), 3],
  ['a refusal for lack of a key', refused(401, '/problems/not-authenticated'), 3],
  ['a problem of a newer server', refused(409, '/problems/not-thought-of-yet'), 3],
  ['a refusal in this process', new Problem('already-set-up', 'There is one.'), 3],
  ['what cannot be done now', new RefusedError('no', 'later'), 3],
  ['a folder that another has', named('EmbeddedDatabaseError', { code: 'folder-locked', try: 'another' }), 3],
  ['a missing key', named('MasterKeyError', { try: 'the key' }), 3],
  ['a newer schema', named('NewerSchemaError'), 3],
  ['an address that is taken', named('Error', { code: 'EADDRINUSE' }), 3],
  ['not found', refused(404, '/problems/not-found'), 4],
  ['no server', new ServerUnreachable('nothing answers'), 5],
  ['no database', named('Error', { code: 'ECONNREFUSED' }), 5],
  ['a wrong password of the database', named('error', { code: '28P01' }), 5],
])('%s ends with its exit code, says what happened and what to try', (_what, error, code) => {
  const { code: given, said } = report(error)
  expect(given).toBe(code)
  expect(said).toMatch(/^.+: .+\n(.*\n)*try: .+\n$/)
})

test('each mistake stands on a line of its own, with its place', () => {
  const errors = [
    { pointer: '#/action/template', line: 4, column: 18, detail: 'Unknown variable.' },
    { pointer: '#/name', detail: 'is blank' },
    { detail: 'is no object' },
  ]
  const document = { type: '/problems/request-invalid', title: 'Title', status: 422, detail: 'Three.', errors }
  expect(report(new SignalboxProblem(document)).said).toBe(
    [
      'Title: Three.',
      '  #/action/template, line 4, column 18: Unknown variable.',
      '  #/name: is blank',
      '  #: is no object',
      'try: the same with what is said above put right',
      '',
    ].join('\n'),
  )
})

test.each([
  [
    'in-use',
    'It is in use',
    'The webhook “a” is in use. Deleting it makes these automations fail; repeat with ?force=true to do it all the same.',
    'The webhook “a” is in use: Deleting it makes these automations fail; repeat with --force to do it all the same.',
    'the same with --force, if that is meant',
  ],
  [
    'in-use',
    'It is in use',
    'demo has collections: delete them first.',
    'It is in use: demo has collections: delete them first.',
    'the same when nothing above uses it any more',
  ],
  [
    'delivery-finished',
    'The delivery has ended',
    'The delivery has ended; redeliver it to have it sent again.',
    'The delivery has ended: redeliver it to have it sent again.',
    'signalbox deliveries redeliver <id>, which makes a new one of it',
  ],
  ['not-found', 'Nothing is here', 'Nothing is here.', 'Nothing is here.', expect.stringContaining('signalbox me')],
])(
  'a refusal is told once, and in the words of the command line: %s, “%s: %s”',
  (type, title, detail, line, advice) => {
    const { said } = report(new SignalboxProblem({ type: `/problems/${type}`, title, status: 409, detail }))
    expect(said.split('\n')).toEqual([line, typeof advice === 'string' ? `try: ${advice}` : advice, ''])
  },
)

test('what a server says cannot steer the terminal', () => {
  const detail = 'Nothing is called “\u001b[2J”.'
  const { said } = report(new SignalboxProblem({ type: '/problems/not-found', title: 'T', status: 404, detail }))
  expect(said).toContain('“␛[2J”')
})
