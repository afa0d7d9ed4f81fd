import { expect, test } from 'vitest'
import { as, nobody, useApp, type Answer } from '../support/app.ts'

const app = useApp()
const password = 'a long enough password'
let made = 0

async function aPerson() {
  const name = `session-${++made}-${app.team.team.slice(5)}`
  await app.expectAnswer(
    201,
    as(app.team.organizationAdmin),
    'POST',
    `/organizations/${app.team.organization}/people`,
    {
      name,
      password,
    },
  )
  return name
}

const setCookie = ({ headers }: Answer): string => String(headers['set-cookie'])
const cookieOf = (answer: Answer): string => setCookie(answer).split(';')[0]!
const open = async (name: string) =>
  cookieOf(await app.expectAnswer(200, nobody, 'POST', '/session', { name, password }))
const me = (cookie: string) => app.request(nobody, 'GET', '/me', undefined, { cookie })

test('a session is a cookie that no script reads and that goes to this site only; it acts as its person', async () => {
  const name = await aPerson()
  const opened = await app.expectAnswer(200, nobody, 'POST', '/session', { name, password })
  expect(opened.body).toMatchObject({ name })
  expect(opened.text).not.toContain(cookieOf(opened).split('=')[1])
  expect(setCookie(opened)).toMatch(/^signalbox_session=\S+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await me(cookieOf(opened))).body).toMatchObject({ name })
})

test('a wrong password opens nothing, and is answered like an unknown name', async () => {
  const name = await aPerson()
  const wrong = await app.request(nobody, 'POST', '/session', { name, password: 'not the password' })
  const unknown = await app.request(nobody, 'POST', '/session', { name: `${name}-x`, password })
  expect(wrong).toMatchObject({ status: 401, body: { type: '/problems/sign-in-refused' } })
  expect(wrong.headers['set-cookie']).toBeUndefined()
  expect(unknown.body.detail).toBe(wrong.body.detail)
})

test('signing out ends the session itself: the old cookie opens nothing any more', async () => {
  const cookie = await open(await aPerson())
  const out = await app.request(nobody, 'DELETE', '/session', undefined, { cookie })
  expect(out.status).toBe(204)
  expect(setCookie(out)).toContain('Max-Age=0')
  expect(await me(cookie)).toMatchObject({ status: 401, body: { detail: 'The session has ended.' } })
})

test('what a page of another site asks for is refused before anything is done; reading is no change', async () => {
  const name = await aPerson()
  const cookie = await open(name)
  const elsewhere = { cookie, origin: 'https://evil.example' }
  expect(await app.request(nobody, 'POST', '/api-keys', { name: 'stolen' }, elsewhere)).toMatchObject({
    status: 403,
    body: { type: '/problems/cross-origin' },
  })
  expect((await app.request(nobody, 'POST', '/session', { name, password }, elsewhere)).status).toBe(403)
  expect((await app.request(nobody, 'GET', '/api-keys', undefined, { cookie })).body.items).toEqual([])
  const here = { cookie, origin: 'https://signalbox.test', host: 'signalbox.test' }
  expect((await app.request(nobody, 'POST', '/api-keys', { name: 'mine' }, here)).status).toBe(201)
})

test('an ended session opens nothing, and one in use goes on', async () => {
  const [ended, used] = [await open(await aPerson()), await open(await aPerson())]
  const until = (cookie: string, when: string) =>
    app.db.query(
      `update api_keys set session_until = now() + $2::interval, last_used_at = null
       where session_until is not null and hash = sha256(convert_to($1, 'UTF8'))`,
      [cookie.split('=')[1], when],
    )
  await until(ended, '-1 second')
  await until(used, '1 minute')
  expect((await me(ended)).status).toBe(401)
  expect((await me(used)).status).toBe(200)
  const [row] = await app.db.query<{ lives: boolean }>(
    `select session_until > now() + interval '13 days' as lives from api_keys
     where hash = sha256(convert_to($1, 'UTF8'))`,
    [used.split('=')[1]],
  )
  expect(row).toEqual({ lives: true })
})

test('a session is no API key: it is in no list, and no key revokes it', async () => {
  const cookie = await open(await aPerson())
  expect((await app.request(nobody, 'GET', '/api-keys', undefined, { cookie })).body.items).toEqual([])
})

test('a password that an admin sets ends every session of its person, and one’s own change every other one; keys stay', async () => {
  const name = await aPerson()
  const [here, there] = [await open(name), await open(name)]
  const key = await app.expectAnswer(201, nobody, 'POST', '/sign-in', { name, password })
  const path = `/people/${name}/password`
  const next = 'another long password'
  expect(
    (await app.request(nobody, 'PUT', path, { password: next, current_password: password }, { cookie: here })).status,
  ).toBe(204)
  expect([(await me(here)).status, (await me(there)).status]).toEqual([200, 401])
  await app.expectAnswer(204, as(app.team.organizationAdmin), 'PUT', path, { password })
  expect(await me(here)).toMatchObject({ status: 401, body: { detail: 'The session has ended.' } })
  expect((await app.request(key.body, 'GET', '/me')).status).toBe(200)
  expect((await me(await open(name))).status).toBe(200)
})
