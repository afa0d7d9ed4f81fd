import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UsageError } from './failures.ts'
import { mayColor, readListenSecrets, readSettings, writeCredentials } from './settings.ts'

let home: { XDG_CONFIG_HOME: string }
beforeEach(() => (home = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'signalbox-settings-')) }))
afterEach(() => rmSync(home.XDG_CONFIG_HOME, { recursive: true, force: true }))

const saved = { url: 'http://saved.test', apiKey: 'sbx_saved' }

test('the command line wins over the environment, and that over what login remembered', () => {
  const environment = { ...home, SIGNALBOX_URL: 'http://environment.test', SIGNALBOX_API_KEY: 'sbx_environment' }
  expect(readSettings({}, home)).toEqual({ url: 'http://127.0.0.1:8080', apiKey: undefined })
  writeCredentials(saved, home)
  expect(readSettings({}, home)).toEqual(saved)
  expect(readSettings({}, environment)).toEqual({ url: 'http://environment.test', apiKey: 'sbx_environment' })
  expect(readSettings({ url: 'http://given.test', apiKey: 'sbx_given' }, environment)).toEqual({
    url: 'http://given.test',
    apiKey: 'sbx_given',
  })
})

test('a remembered key is not sent to another server than its own', () => {
  writeCredentials(saved, home)
  expect(readSettings({ url: 'http://other.test' }, home).apiKey).toBeUndefined()
  expect(readSettings({ url: `${saved.url}/` }, home).apiKey).toBe('sbx_saved')
})

test('a variable set to nothing is one that is not set', () => {
  writeCredentials(saved, home)
  expect(readSettings({}, { ...home, SIGNALBOX_URL: '', SIGNALBOX_API_KEY: ' ' })).toEqual(saved)
  expect(readListenSecrets({ SIGNALBOX_SIGNING_SECRET: ' ' })).toEqual({ signingSecrets: [], wandbSecret: undefined })
})

test('what login remembers is readable by its owner only, and a second time takes its place', () => {
  const path = writeCredentials(saved, home)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  writeCredentials({ url: saved.url, apiKey: 'sbx_second' }, home)
  expect(readSettings({}, home).apiKey).toBe('sbx_second')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test.each(['', '{', '[]', '{"url": 7, "apiKey": true}'])(
  'a broken file of credentials (%s) is as good as none',
  (text) => {
    mkdirSync(join(home.XDG_CONFIG_HOME, 'signalbox'))
    writeFileSync(join(home.XDG_CONFIG_HOME, 'signalbox', 'credentials.json'), text)
    expect(readSettings({}, home).apiKey).toBeUndefined()
  },
)

test.each(['127.0.0.1:8080', 'ftp://signalbox.test', 'nonsense'])('“%s” is refused as an address', (url) => {
  expect(() => readSettings({ url }, home)).toThrow(UsageError)
})

test('several signing secrets stand in one variable, with blanks between', () => {
  expect(readListenSecrets({ SIGNALBOX_SIGNING_SECRET: 'whsec_a  whsec_b' }).signingSecrets).toEqual([
    'whsec_a',
    'whsec_b',
  ])
})

test('there is no color where nobody watches or nobody wants it', () => {
  const { isTTY } = process.stdout
  try {
    process.stdout.isTTY = true
    expect(mayColor({})).toBe(true)
    expect(mayColor({ NO_COLOR: '1' })).toBe(false)
    expect(mayColor({ TERM: 'dumb' })).toBe(false)
    process.stdout.isTTY = false
    expect(mayColor({})).toBe(false)
  } finally {
    process.stdout.isTTY = isTTY
  }
})
