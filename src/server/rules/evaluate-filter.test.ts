import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTypes } from '../../contract/event-types.ts'
import { limits } from '../base/limits.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import type { Filter } from './filter.ts'
import { matchesFilter } from './matches-filter.ts'
import { parseFilter } from './parse-filter.ts'
import { anyFilter, anySubject } from './testing/any-filter.ts'

function parse(json: unknown): Filter {
  const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  return parsed.filter
}

/** The reason, or undefined for a match. */
function check(json: unknown, event: Readonly<Record<string, unknown>>, reason: string | undefined): void {
  const verdict = evaluateFilter(parse(json), (field) => event[field])
  expect(verdict.matches ? undefined : verdict.reason).toBe(reason)
}

const matches = (test: unknown, value: unknown) =>
  matchesFilter(parse({ 'data.x': test }), () => (value === undefined ? {} : { x: value }))

const none = undefined
test.each<[unknown, unknown[], unknown[]]>([
  ['a', ['a', ['a', 'b']], ['A', '', 1, none, null, { a: 1 }, [['a']]]],
  [{ $eq: 1 }, [1, 1.0, [2, 1]], ['1', true, none]],
  [{ $eq: 0 }, [0, -0], [null, '', false]],
  [{ $eq: null }, [null, none, [null]], [0, '', false, []]],
  [{ $eq: { a: 1, b: [2] } }, [{ b: [2], a: 1 }, [{ a: 1, b: [2] }]], [{ a: 1 }, { a: 1, b: [2], c: 3 }, none]],
  [{ $eq: ['a', 'b'] }, [['a', 'b'], [['a', 'b']]], [['b', 'a'], ['a'], 'a']],
  [{ $ne: 'a' }, ['b', none, null, ['b'], 1], ['a', ['a', 'b']]],
  [{ $ne: null }, [0, ''], [null, none]],
  [{ $in: ['a', 1] }, ['a', 1, ['z', 1]], ['1', none, null]],
  [{ $in: [] }, [], ['a', none, null]],
  [{ $in: [null] }, [null, none], [0]],
  [{ $nin: ['a'] }, ['b', none, ['b']], ['a', ['a']]],
  [{ $gt: 1 }, [2, 1.5, [0, 2]], [1, 0, '2', true, none, null, NaN]],
  [{ $gte: 1 }, [1, 2], [0, '1', none]],
  [{ $lt: 1 }, [0, -1], [1, '0', none, null]],
  [{ $lte: 1 }, [1, 0], [2, NaN]],
  [{ $gt: 1, $lt: 3 }, [2], [1, 3, none]],
  [{ $gt: 'b' }, ['c', 'ba', 'é'], ['a', 'b', 'B', 3]],
  [{ $gt: false }, [true], [false, 1]],
  [{ $exists: true }, [0, null, '', [], {}], [none]],
  [{ $exists: false }, [none], [0, null]],
  [{ $regex: 'rod' }, ['prod', 'rod', ['x', 'prod']], ['PROD', 1, none, null, { a: 'prod' }]],
  [{ $regex: '^prod$' }, ['prod'], ['prod\n', 'xprod', 'prod-eu']],
  [{ $regex: '(?i)^prod' }, ['PRODuction'], ['xprod']],
  [{ $regex: '^.$' }, ['a', '🚂'], ['', 'ab', '\n']],
  [{ $contains: 'ro' }, ['prod', ['x', 'prod']], ['PROD', none, 1, { ro: 1 }]],
  [{ $size: 2 }, [[1, 2]], [[1], [], 'ab', none, { a: 1, b: 2 }]],
  [{ $all: ['a', 'b'] }, [['b', 'a', 'c']], [['a'], 'a', none]],
  [{ $all: ['a'] }, ['a', ['a']], [none]],
  [{ $all: [] }, [], ['a', [], none]],
  [{ $not: { $gt: 1 } }, [1, '2', none, null], [2]],
  [{ $not: { $regex: '^dev' } }, ['prod', none, 1], ['dev', ['x', 'dev']]],
  [{ $not: { $not: { $eq: 'a' } } }, ['a'], ['b', none]],
])('%j passes what MongoDB would let pass', (json, passing, failing) => {
  for (const value of passing) expect([value, matches(json, value)]).toEqual([value, true])
  for (const value of failing) expect([value, matches(json, value)]).toEqual([value, false])
})

test.each<[string, unknown, unknown]>([
  ['data.loss.final', { loss: { final: 1 } }, 1],
  ['data.a.b', { 'a.b': 1, a: { b: 2 } }, 1],
  ['data.a.b', { 'a.b': null, a: { b: 2 } }, null],
  ['data.list.0', { list: [1, 2] }, 1],
  ['data.list.0.x', { list: [{ x: 1 }] }, 1],
  ['data.list.x', { list: [{ x: 2 }, { x: 1 }, 3] }, 1],
  ['data.list.x.y', { list: [{ x: { y: 2 } }, { x: [{ y: 1 }] }] }, 1],
  ['data.0', [1], 1],
  ['data.__proto__', JSON.parse('{"__proto__": 1}'), 1],
])('a path reads own members, and goes into lists: %s of %j', (path, data, value) =>
  check({ [path]: value }, { data }, undefined),
)

test.each([
  ['data.constructor', {}],
  ['data.__proto__', {}],
  ['data.__proto__.toString', {}],
  ['data.toString.name', {}],
  ['data.list.length', { list: [1] }],
  ['data.text.length', { text: 'x' }],
  ['data.text.0', { text: 'x' }],
  ['data.list.00', { list: [1] }],
  ['data.a.b', { a: 1 }],
  ['data.a', null],
])('nothing else can be read: %s', (path, data) => check({ [path]: { $exists: false } }, { data }, undefined))

test.each<[unknown, string]>([
  [{ name: 'prod' }, 'name is "staging", expected "prod"'],
  [{ name: { $regex: '^prod' } }, 'name is "staging", expected /^prod/'],
  [{ name: { $in: ['a', 'b'] } }, 'name is "staging", expected one of ["a", "b"]'],
  [{ name: { $ne: 'staging' } }, 'name is "staging", expected not "staging"'],
  [{ name: { $not: { $regex: '^stag' } } }, 'name is "staging", expected not /^stag/'],
  [{ name: { $exists: false } }, 'name is "staging", expected missing'],
  [{ name: { $contains: 'prod' } }, 'name is "staging", expected text containing "prod"'],
  [{ 'data.loss': { $lt: 0.3 } }, 'data.loss is 0.42, expected less than 0.3'],
  [{ 'data.loss': { $gt: 0.1, $lte: 0.3 } }, 'data.loss is 0.42, expected at most 0.3'],
  [{ 'data.accuracy': { $gt: 0.9 } }, 'data.accuracy is missing'],
  [{ 'data.tags': { $all: ['x', 'z'] } }, 'data.tags is ["x", "y"], expected all of ["x", "z"]'],
  [{ 'data.tags': { $size: 1 } }, 'data.tags is ["x", "y"], expected a list of 1'],
  [{ 'data.config': 1 }, 'data.config is {…}, expected 1'],
  [{ 'data.flag': null }, 'data.flag is true, expected null'],
  [{ name: 'staging', 'data.loss': 1, subject: 'x' }, 'data.loss is 0.42, expected 1'],
  [{ $or: [{ $and: [{ name: { $eq: 'prod' } }] }] }, 'name is "staging", expected "prod"'],
  [{ $or: [{ name: 'prod' }, { name: { $regex: '^eu' } }] }, 'name is "staging", expected /^eu/ or "prod"'],
  [
    { $or: [{ 'data.loss': { $lt: 0.3 } }, { name: 'x' }] },
    'name is "staging", expected "x"; data.loss is 0.42, expected less than 0.3',
  ],
  [{ $nor: [{ name: 'x' }, { name: 'staging' }] }, 'name is "staging", expected not "staging"'],
  [{ $not: { name: { $regex: 'ing$' } } }, 'name is "staging", expected not /ing$/'],
  [
    { $not: { name: 'staging', 'data.loss': { $gt: 0 } } },
    'excluded, because name is "staging" and data.loss is greater than 0',
  ],
  [{ $not: {} }, 'excluded, because it denies everything'],
  [{ $not: { 'data.nothing': { $exists: false } } }, 'data.nothing is missing'],
])('a mismatch is explained: %j', (json, reason) =>
  check(
    json,
    { name: 'staging', subject: 'y', data: { loss: 0.42, tags: ['x', 'y'], config: { lr: 1 }, flag: true } },
    reason,
  ),
)

test('of many alternatives the shortest reasons are shown', () =>
  check(
    { $or: ['aaaa', 'b', 'ccc', 'dddddd', 'ee'].map((name) => ({ name })) },
    { name: 'x' },
    'name is "x", expected "b" or "ee" or "ccc"',
  ))

test('long values are cut, never in the middle of a character', () => {
  check({ name: 'a' }, { name: '🚂'.repeat(100) }, `name is "${'🚂'.repeat(40)}…", expected "a"`)
  check({ name: 'a' }, { name: `x${'🚂'.repeat(100)}` }, `name is "x${'🚂'.repeat(39)}…", expected "a"`)
})

test('a text too long for patterns does not match, and the reason says so', () =>
  check(
    { name: { $regex: '^x' } },
    { name: 'x'.repeat(limits.patternSubjectCharsMax + 1) },
    'name is longer than 4096 characters, which no pattern is tried on, expected /^x/',
  ))

test('a pattern that would backtrack for ever takes no time', () => {
  const filter = parse({ name: { $regex: '(a+)+$' }, 'data.x': { $regex: '^(([a-z])+.)+[A-Z]([a-z])+$' } })
  const text = `${'a'.repeat(limits.patternSubjectCharsMax - 1)}!`
  for (let round = 0; round < 10; round++) evaluateFilter(filter, (field) => (field === 'name' ? text : { x: text }))
}, 500)

test('the largest patterns allowed on as much text as an event may hold stay within seconds', () => {
  const filter = parse({ 'data.x': { $regex: '(?:a?){600}b|[ab]*a[ab]{700}c' } })
  const row = (number: number) =>
    Array.from({ length: 4095 }, (_, index) => ((index * 7919 + number) % 13 < 6 ? 'a' : 'b')).join('')
  const list = Array.from({ length: limits.eventDataBytesMax / 4096 }, (_, number) => row(number))
  evaluateFilter(filter, () => ({ x: list }))
}, 5000)

test('values deeper than any stack can be judged and explained', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown
  check({ 'data.x': [[1]] }, { data: { x: deep } }, 'data.x is [[…]], expected [[…]]')
  check({ data: { $not: { $eq: 1 } } }, { data: deep }, undefined)
})

test('whatever the filter and the event, judging answers, the same with and without a reason, and a reason is short', () => {
  fc.assert(
    fc.property(
      fc.oneof({ weight: 5, arbitrary: anyFilter }, fc.object(), fc.jsonValue()),
      fc.oneof(
        { weight: 5, arbitrary: anySubject },
        fc.dictionary(
          fc.constantFrom('name', 'subject', 'data'),
          fc.anything({
            withBigInt: true,
            withDate: true,
            withMap: true,
            withNullPrototype: true,
            withTypedArray: true,
          }),
        ),
      ),
      (json, event) => {
        const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
        if (!parsed.ok) return
        const subject = (field: string) =>
          Object.hasOwn(event, field) ? (event as Record<string, unknown>)[field] : undefined
        const verdict = evaluateFilter(parsed.filter, subject)
        expect(matchesFilter(parsed.filter, subject)).toBe(verdict.matches)
        if (verdict.matches) return
        expect(verdict.reason).not.toBe('')
        expect(verdict.reason.length).toBeLessThanOrEqual(limits.reasonCharsMax + 1)
      },
    ),
    { numRuns: 500 },
  )
})

test('a filter and the same filter denied never agree', () => {
  fc.assert(
    fc.property(anyFilter, anySubject, (json, event) => {
      const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
      const denied = parseFilter({ $not: json }, eventTypes.CUSTOM.fields)
      if (!parsed.ok || !denied.ok) return
      const subject = (field: string) => (event as Record<string, unknown>)[field]
      expect(matchesFilter(denied.filter, subject)).toBe(!matchesFilter(parsed.filter, subject))
    }),
    { numRuns: 500 },
  )
})
