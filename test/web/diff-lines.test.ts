import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, type DiffLine } from '../../src/web/parts/diff-lines.ts'

const spell = (lines: readonly DiffLine[]) => lines.map(({ sign, text }) => `${sign}${text}`)
const side = (lines: readonly DiffLine[], sign: '−' | '+') =>
  lines
    .filter((line) => line.sign === ' ' || line.sign === sign)
    .map(({ text }) => text)
    .join('\n')

test('what went stands before what came, with two lines around and the rest left out', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].join('\n')
  expect(spell(diffLines(before, before.replace('d', 'D')))).toEqual(['…', ' b', ' c', '−d', '+D', ' e', ' f', '…'])
})

test('within a line that took the place of another, what differs is marked', () => {
  const [went, came] = diffLines('  "alias": "^prod"', '  "alias": "^staging"')
  const marked = ({ text, changed }: DiffLine) => text.slice(...changed!)
  expect([marked(went!), marked(came!)]).toEqual(['prod', 'staging'])
  expect(diffLines('a\nb', 'c').every(({ changed }) => changed === undefined)).toBe(true)
})

test('nothing has no lines, and what is the same has no signs', () => {
  expect(diffLines('', '')).toEqual([])
  expect(spell(diffLines('', 'a\nb'))).toEqual(['+a', '+b'])
  expect(spell(diffLines('a', ''))).toEqual(['−a'])
  expect(spell(diffLines('a\nb', 'a\nb'))).toEqual(['…'])
})

test('each side can be read back from the difference, and nothing is told to differ that is the same', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '{', '}', ''), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after, Infinity)
      expect([side(lines, '−'), side(lines, '+')]).toEqual([before, after])
      if (before === after) expect(lines.every(({ sign }) => sign === ' ')).toBe(true)
    }),
  )
})

test('of two long texts that share nothing it is told soon that all differs', () => {
  const [before, after] = ['a', 'b'].map((letter) =>
    Array.from({ length: 20_000 }, (_, i) => `${letter}${i}`).join('\n'),
  )
  const lines = diffLines(before!, after!, Infinity)
  expect([side(lines, '−'), side(lines, '+')]).toEqual([before, after])
})
