import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from './failures.ts'
import { readAddress, readJson, readLimit, readPort, readSigningSecrets, readStatus } from './read-option.ts'

test.each<[string, (text: string) => unknown, string[], string[]]>([
  ['a port', readPort, ['0', '8080', '65535'], ['', '-1', '65536', '80.5', '1e3', 'http', ' 80']],
  ['a limit', readLimit, ['1', '100'], ['0', '101', 'all']],
  ['a status', readStatus, ['200', '503'], ['199', '600', 'ok']],
  [
    'an address',
    readAddress,
    ['127.0.0.1:0', '[::1]:8080', 'signalbox.test:80'],
    ['8080', '::1:8080', 'host:', ':80', 'host:99999'],
  ],
  ['a signing secret', readSigningSecrets, ['whsec_c2VjcmV0'], ['c2VjcmV0', 'whsec_', 'whsec_???']],
])('%s is read, and what is none is refused as usage', (_what, read, good, bad) => {
  for (const text of good) expect(() => read(text)).not.toThrow()
  for (const text of bad) expect(() => read(text), text).toThrow(UsageError)
})

test('an address is host and port, an IPv6 host without its brackets', () => {
  expect(readAddress('[::1]:8080')).toEqual({ host: '::1', port: 8080 })
})

test('signing secrets add up', () => {
  expect(readSigningSecrets('whsec_Yg==', ['whsec_YQ=='])).toEqual(['whsec_YQ==', 'whsec_Yg=='])
})

test('JSON stands on the command line or in a file; what is none, and no file, is usage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-data-'))
  try {
    writeFileSync(join(folder, 'data.json'), '{"a": [1]}')
    expect(readJson('--data', '{"a": [1]}')).toEqual({ a: [1] })
    expect(readJson('--data', `@${join(folder, 'data.json')}`)).toEqual({ a: [1] })
    expect(() => readJson('--data', `@${join(folder, 'none.json')}`)).toThrow(UsageError)
    expect(() => readJson('--data', '{')).toThrow(UsageError)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
