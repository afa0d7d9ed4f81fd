import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { eventTypeNames, eventTypes } from '../src/contract/event-types.ts'
import { variables } from '../src/contract/variables.ts'
import { spellMoment, spellMs } from '../src/web/parts/spell-time.ts'
import { en } from '../src/web/text/en.ts'
import { ko } from '../src/web/text/ko.ts'
import { pickLanguage } from '../src/web/text/language.ts'
import { strangeWords } from './support/strange-words.ts'

type Leaf = string | ((...given: readonly unknown[]) => string)

/** The product, a protocol, and a name of the locale itself: the same in every language. */
const sameInBoth = ['product', 'delivery.phases.tls', 'kinds.event', 'kinds.registry', 'kinds.webhook']

/** Functions that take more than names and numbers. */
const givenLists: Readonly<Record<string, readonly unknown[]>> = {
  'webhooks.deleteUsers': [['deploy-bot', 'mail-bot']],
  'secrets.deleteUsers': [['deploy-bot', 'mail-bot']],
  'people.forAdmins': ['vision', ['ada', 'minji.park']],
  'people.auditForAdmins': ['vision', ['ada', 'minji.park']],
  'wizard.blanks': [['${tag}']],
  'wizard.matches': [['production', 'staging']],
  'chosen.names': [['deploy-bot', 'mail-bot']],
  'secrets.webhookRole': ['deploy-bot', ['first', 'second']],
}

const english = leavesOf(en)
const korean = leavesOf(ko)

test('both languages have the same keys, of the same kind', () => {
  expect([...korean.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  for (const [key, leaf] of english) expect(typeof korean.get(key), key).toBe(typeof leaf)
})

test('every Korean text is there and is no English one', () => {
  for (const [key, leaf] of korean) {
    if (typeof leaf === 'function' || key === 'locale') continue
    expect(leaf.trim(), key).not.toBe('')
    if (!sameInBoth.includes(key)) expect(leaf, key).not.toBe(english.get(key))
    expect(strangeWords(leaf), key).toEqual([])
  }
})

test.each([
  ['English', english],
  ['Korean', korean],
])('every function of %s says what it is given', (_, leaves) => {
  for (const [key, leaf] of leaves) {
    if (typeof leaf !== 'function') continue
    const given = givenLists[key] ?? ['71', '72', '73', '74'].slice(0, Math.max(1, leaf.length))
    const told = leaf(...given)
    for (const part of given.flat()) expect(told, key).toContain(String(part))
  }
})

test('no function of Korean says anything in English', () => {
  for (const [key, leaf] of korean) {
    if (typeof leaf === 'function')
      expect(strangeWords(leaf(...(givenLists[key]?.map(() => []) ?? ['7', '8', '9', '10']))), key).toEqual([])
  }
})

test('what is nothing and what is left out is said too', () => {
  expect(ko.events.sum(0, 12)).toContain('12')
  expect(ko.secrets.replaceNote(0)).toMatch(/^다음/)
  expect(ko.webhooks.deleteUsers('abcdefg'.split(''))).toBe('사용하는 곳: a, b, c, d, e 외 2개.')
  expect(strangeWords(ko.secrets.nameHelp(''))).toEqual([])
})

test('Korean has a title of every event type, and the meaning of every field and variable', () => {
  for (const type of eventTypeNames) {
    expect(ko.eventTitle(type), type).toMatch(/[가-힣]/)
    expect(strangeWords(ko.eventTitle(type)), type).toEqual([])
  }
  expect(ko.eventTitle('SOMETHING_NEW')).toBe('SOMETHING_NEW')
  const kinds = Object.values(eventTypes).flatMap(({ fields }) => Object.values<{ readonly about: string }>(fields))
  for (const { about } of [...kinds, ...Object.values(variables)]) {
    expect(ko.about(about), about).toMatch(/[가-힣]/)
    expect(strangeWords(ko.about(about)), about).toEqual([])
  }
})

test('no word is kept that no page shows', () => {
  const pages = readPages()
  const unused = [...english.keys()].filter((key) => !isUsed(key, pages))
  expect(unused).toEqual([])
})

test('times are told as each language tells them', () => {
  const now = new Date(2026, 10, 24, 14, 3, 22)
  const before = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()
  const both = (iso: string): string[] => [spellMoment(iso, now, en), spellMoment(iso, now, ko)]
  expect(both(before(12))).toEqual(['12 s ago', '12초 전'])
  expect(both(before(240))).toEqual(['4 min ago', '4분 전'])
  expect(both(before(-30))).toEqual(['in 30 s', '30초 후'])
  expect(both(before(7200))).toEqual(['12:03:22', '12:03:22'])
  expect(both(new Date(2026, 9, 3, 9, 5).toISOString())).toEqual(['3 Oct, 09:05', '10월 3일 09:05'])
  expect(both(new Date(2025, 9, 3, 9, 5).toISOString())).toEqual(['3 Oct 2025, 09:05', '2025년 10월 3일 09:05'])
  expect([0.42, 412, 9200].map((ms) => spellMs(ms, ko))).toEqual(['0.4 ms', '412 ms', '9.2초'])
  expect([1284, 128_000].map(ko.number)).toEqual(['1,284', '12.8만'])
})

test.each([
  ['ko', ['en-US'], 'ko'],
  [null, ['fr-FR', 'ko-KR', 'en'], 'ko'],
  [null, ['en-US', 'ko'], 'en'],
  [null, ['fr'], 'en'],
  ['toString', [], 'en'],
])('the language is the chosen one, else the first of the browser: %s of %j is %s', (chosen, preferred, language) => {
  expect(pickLanguage(chosen, preferred)).toBe(language)
})

function leavesOf(words: object, path = ''): Map<string, Leaf> {
  return new Map(
    Object.entries(words).flatMap(([name, word]: [string, Leaf | object]) =>
      typeof word === 'object' ? [...leavesOf(word, `${path}${name}.`)] : [[`${path}${name}`, word] as const],
    ),
  )
}

/** The pages as one text, a chain of names never broken over lines. */
function readPages(): string {
  const folder = new URL('../src/web/', import.meta.url)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/^text\b/.test(path))
    .map((path) => readFileSync(new URL(path, folder), 'utf8'))
    .join('\n')
    .replaceAll('useText()', 'text')
    .replaceAll(/\s+\./g, '.')
}

/** By its own name, or because its group is handed on or asked by a name that is computed. */
function isUsed(key: string, pages: string): boolean {
  const group = key.split('.').slice(0, -1).join('.')
  return isNamed(key, '(?!\\w)') || (group !== '' && isNamed(group, '(?:\\[|[,)])'))

  function isNamed(name: string, end: string): boolean {
    return new RegExp(`text\\.${name.replaceAll('.', '\\.')}${end}`).test(pages)
  }
}
