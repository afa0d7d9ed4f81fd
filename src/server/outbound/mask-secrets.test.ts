import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSecretMask } from './mask-secrets.ts'

const secret = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 60 }).filter((text) => text.isWellFormed())
const around = fc.string({ maxLength: 40 })
const mask = (value: string) => makeSecretMask(new Map([['KEY', value]]))

const percentLower = (text: string): string =>
  encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())

const echoes: [string, (value: string) => Buffer][] = [
  ['as it is', (value) => Buffer.from(value)],
  ['JSON-escaped', (value) => Buffer.from(JSON.stringify(value).slice(1, -1))],
  ['JSON-escaped twice', (value) => Buffer.from(JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1))],
  ['JSON-escaped to ASCII', (value) => Buffer.from(asciiJson(value))],
  ['JSON-escaped with slashes', (value) => Buffer.from(JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'))],
  ['percent-encoded', (value) => Buffer.from(encodeURIComponent(value))],
  ['percent-encoded in lower case', (value) => Buffer.from(percentLower(value))],
  ['percent-encoded as a form', (value) => Buffer.from(new URLSearchParams([['', value]]).toString().slice(1))],
  ['in hex', (value) => Buffer.from(Buffer.from(value).toString('hex'))],
  ['in UTF-16', (value) => Buffer.from(value, 'utf16le')],
]

test.each(echoes)('a value that comes back %s does not survive', (_how, encode) => {
  fc.assert(
    fc.property(secret, around, around, (value, before, after) => {
      const echo = Buffer.concat([Buffer.from(before), encode(value), Buffer.from(after)])
      expect(mask(value).bytes(echo).includes(encode(value))).toBe(false)
    }),
  )
})

test.each(['base64', 'base64url'] as const)('a value inside a text in %s does not survive at any alignment', (how) => {
  fc.assert(
    fc.property(secret, fc.nat(2), around, (value, shift, after) => {
      const text = Buffer.concat([Buffer.alloc(shift, 'x'), Buffer.from(value), Buffer.from(after)])
      const masked = mask(value)
        .bytes(Buffer.from(text.toString(how)))
        .toString()
      expect(masked).toContain('‹secret KEY›')
      const left = masked.replaceAll('‹secret KEY›', '|').split('|')
      // Beside the mask at most the characters that the value shares with its neighbours remain.
      expect(left[0]!.length).toBeLessThanOrEqual(3)
      expect(left.at(-1)!.length).toBeLessThanOrEqual(Math.ceil(((Buffer.byteLength(after) + 2) * 4) / 3) + 2)
    }),
  )
})

test('of two values that overlap nothing remains', () => {
  const both = makeSecretMask(
    new Map([
      ['A', 'abcdefghij'],
      ['B', 'ghijklmnop'],
    ]),
  )
  expect(both.text('<abcdefghijklmnop>')).toBe('<‹secret A›>')
})

test('a value that contains another is replaced whole', () => {
  const both = makeSecretMask(
    new Map([
      ['SHORT', 'password'],
      ['LONG', 'my-password-2'],
    ]),
  )
  expect(both.text('x my-password-2 y password')).toBe('x ‹secret LONG› y ‹secret SHORT›')
})

test('a mask is never taken for a value', () => {
  const both = makeSecretMask(
    new Map([
      ['KEY', 'long-enough'],
      ['OTHER', 'secret KEY'],
    ]),
  )
  expect(both.text('long-enough')).toBe('‹secret KEY›')
})

test('what breaks off anywhere never ends with the beginning of a value', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9/+"]{8,40}$/), fc.nat(300), fc.nat(400), (value, before, read) => {
      const whole = Buffer.from('.'.repeat(before) + value + '.'.repeat(400))
      const kept = mask(value).brokenOffBytes(whole.subarray(0, read)).toString()
      expect(kept.replaceAll('‹secret KEY›', '')).toMatch(/^\.*$/)
    }),
    { numRuns: 1000 },
  )
})

test('a value under 8 characters is not looked for, and answers are not to be seen', () => {
  const short = makeSecretMask(new Map([['PIN', '1234567']]))
  expect(short.maySeeAnswers).toBe(false)
  expect(short.text('1234567')).toBe('1234567')
  expect(mask('12345678').maySeeAnswers).toBe(true)
})

test('an answer full of a repeating value is masked in linear time', () => {
  const startedAt = performance.now()
  expect(mask('aaaaaaaa').text('a'.repeat(65_536))).toBe('‹secret KEY›')
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

function asciiJson(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
