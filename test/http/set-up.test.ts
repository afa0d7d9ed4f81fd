import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogFields } from '../../src/server/base/log.ts'
import { readConfig } from '../../src/server/config.ts'
import { startServer, type RunningServer } from '../../src/server/main.ts'
import { makeClient, type Answered } from '../support/client.ts'
import { makeDatabase, type TestDatabase } from '../support/database.ts'
import { masterKey } from '../support/signalbox.ts'

const password = 'correct horse battery'
const names = { organization: 'acme', team: 'vision', admin: 'ada', password }

let database: TestDatabase & { drop(): Promise<void> }
let running: AsyncDisposableStack
const logged: (LogFields & { event: string })[] = []
beforeEach(async () => {
  database = await makeDatabase()
  running = new AsyncDisposableStack()
  running.defer(() => database.drop())
  logged.length = 0
})
afterEach(() => running.disposeAsync())

async function startOn({ url }: TestDatabase, overrides: { readonly masterKey?: string } = {}): Promise<RunningServer> {
  const write = (event: string, fields: LogFields = {}) => void logged.push({ ...fields, event })
  const listen = { host: '127.0.0.1', port: 0 }
  const config = readConfig({ databaseUrl: url, masterKey, listen, dataFolder: '/nonexistent', ...overrides }, {})
  const server = await startServer(config, { info: write, warn: write, error: write, debug: write })
  running.defer(() => server.stop())
  return server
}

const isNeeded = async ({ url }: RunningServer) => (await makeClient(url, undefined).must('GET', '/setup'))['needed']

function setUp({ url, setUpCode }: RunningServer, changes: object = {}, headers?: Record<string, string>) {
  return makeClient(url, undefined).call('POST', '/setup', { code: setUpCode, ...names, ...changes }, headers)
}

const me = ({ url }: RunningServer, answer: Answered) =>
  makeClient(url, undefined).call('GET', '/me', undefined, {
    cookie: String(answer.headers.get('set-cookie')).split(';')[0]!,
  })

test('who knows the code makes organization, team and admin, and is signed in; then nothing is needed any more', async () => {
  const server = await startOn(database)
  expect(await isNeeded(server)).toBe(true)
  expect(server.setUpCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  const made = await setUp(server)
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'ada',
      organizations: [{ name: 'acme', role: 'admin' }],
      teams: [{ name: 'vision', role: 'admin' }],
    },
  })
  expect(made.headers.get('set-cookie')).toMatch(
    /^signalbox_session=\S+; Max-Age=1209600; .*HttpOnly; SameSite=Strict$/,
  )
  expect((await me(server, made)).body).toEqual(made.body)
  expect(await isNeeded(server)).toBe(false)
  const { key } = await makeClient(server.url, undefined).must('POST', '/sign-in', { name: 'ada', password })
  const admin = makeClient(server.url, String(key))
  const audit = await admin.must<{ items: { action: string }[] }>('GET', '/organizations/acme/audit')
  expect(audit.items.map(({ action }) => action)).toEqual(['person.sign_in', 'team.create', 'organization.set_up'])
})

test('the code is taken however it is spelled, and no other code is taken', async () => {
  const server = await startOn(database)
  const code = server.setUpCode!
  const other = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
  for (const wrong of [other, code.slice(0, -1), `${code}0`, '-']) {
    const refused = await setUp(server, { code: wrong })
    expect(refused).toMatchObject({
      status: 403,
      body: { type: '/problems/set-up-code-wrong', errors: [{ pointer: '#/code' }] },
    })
    expect(refused.text).not.toContain(code)
    expect(refused.headers.get('set-cookie')).toBeNull()
  }
  expect(await isNeeded(server)).toBe(true)
  const spelled = ` ${code.replace('-', ' ').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} `
  expect(await setUp(server, { code: spelled })).toMatchObject({ status: 201 })
})

test('after the set-up the code is void, and so is every other', async () => {
  const server = await startOn(database)
  await setUp(server)
  const again = { organization: 'other', team: 'others', admin: 'eve' }
  const refusal = { status: 409, body: { type: '/problems/already-set-up' } }
  expect(await setUp(server, again)).toMatchObject(refusal)
  expect(await setUp(server, { ...again, code: 'wrong' })).toMatchObject(refusal)
  expect((await startOn(database)).setUpCode).toBeUndefined()
})

test('of several set-ups at once one wins, whole, and the others are told', async () => {
  const server = await startOn(database)
  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) => setUp(server, { organization: `acme-${n}`, team: `team-${n}`, admin: `ada-${n}` })),
  )
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409])
  const winner = answers.findIndex(({ status }) => status === 201) + 1
  const entities = await database.db.query('select name from entities order by name')
  expect(entities).toEqual([{ name: `acme-${winner}` }, { name: `ada-${winner}` }, { name: `team-${winner}` }])
})

test('every process on a database takes the same code, also after a restart; another database has another', async () => {
  const [first, second] = [await startOn(database), await startOn(database)]
  expect(second.setUpCode).toBe(first.setUpCode)
  const elsewhere = await makeDatabase()
  running.defer(() => elsewhere.drop())
  expect((await startOn(elsewhere)).setUpCode).not.toBe(first.setUpCode)
  expect(await setUp({ ...second, setUpCode: first.setUpCode })).toMatchObject({ status: 201 })
  expect(await isNeeded(first)).toBe(false)
})

test('the code stands in no log, no row and no answer', async () => {
  const server = await startOn(database)
  const code = server.setUpCode!
  const answers = [await setUp(server, { team: '' }), await setUp(server, { code: 'wrong' }), await setUp(server)]
  const tables = await database.db.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  )
  const rows = await Promise.all(
    tables.map(({ name }) => database.db.query(`select coalesce(string_agg(t::text, ' '), '') as all from ${name} t`)),
  )
  const everything = JSON.stringify([logged, rows, answers.map(({ text }) => text)])
  expect(everything).toContain('organization.set_up')
  for (const spelling of [code, code.replace('-', ''), Buffer.from(code).toString('hex')])
    expect(everything).not.toContain(spelling)
})

test('guessing is slowed down, and says when to go on', async () => {
  const server = await startOn(database)
  const guess = () => setUp(server, { code: 'AAAA-AAAA' })
  for (let number = 1; number <= 30; number++) expect((await guess()).status).toBe(403)
  const refused = await guess()
  expect(refused).toMatchObject({ status: 429, body: { type: '/problems/rate-limited' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await setUp(server)).status).toBe(429)
})

test('every mistake is told at once, at its place, and names that are alike too', async () => {
  const server = await startOn(database)
  const wrong = { organization: 'Acme Robotics', team: 'eva', admin: 'EVA', password: 'short', name: 'x', code: '' }
  const refused = await setUp(server, wrong)
  expect(refused).toMatchObject({ status: 422, body: { type: '/problems/request-invalid' } })
  const { errors } = refused.body as { errors: { pointer: string; detail: string }[] }
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    '#/admin',
    '#/code',
    '#/name',
    '#/organization',
    '#/password',
  ])
  expect(errors.find(({ pointer }) => pointer === '#/admin')?.detail).toMatch(/^The team has this name/)
  expect(await isNeeded(server)).toBe(true)
})

test('a page of another site sets nothing up', async () => {
  const server = await startOn(database)
  const elsewhere = await setUp(server, {}, { origin: 'https://evil.example' })
  expect(elsewhere).toMatchObject({ status: 403, body: { type: '/problems/cross-origin' } })
  expect(await isNeeded(server)).toBe(true)
  expect((await setUp(server, {}, { origin: server.url })).status).toBe(201)
})
