import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTypes } from '../../contract/event-types.ts'
import { literalHints } from './literal-hints.ts'
import { matchesFilter } from './matches-filter.ts'
import { parseFilter } from './parse-filter.ts'
import { anyFilter, anyPattern, anySubject } from './testing/any-filter.ts'

/** Hints for `name`: `=literal` and `^prefix`, or `any`. */
function hintsOf(json: unknown): string[] {
  const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  const hints = literalHints(parsed.filter, 'name')
  if (hints.kind === 'any') return ['any']
  return [...[...hints.literals].map((literal) => `=${literal}`), ...[...hints.prefixes].map((prefix) => `^${prefix}`)]
}

test.each<[unknown, string[]]>([
  [{}, ['any']],
  [{ name: 'prod' }, ['=prod']],
  [{ name: { $eq: 'prod' } }, ['=prod']],
  [{ name: { $in: ['a', 'b'] } }, ['=a', '=b']],
  [{ name: { $in: [] } }, []],
  [{ name: { $in: ['a', null] } }, ['any']],
  [{ name: { $in: ['a', ['b']] } }, ['any']],
  [{ name: { $all: ['a', 'b'] } }, ['=a']],
  [{ name: { $ne: 'a' } }, ['any']],
  [{ name: { $not: { $eq: 'a' } } }, ['any']],
  [{ name: { $regex: '^prod$' } }, ['=prod']],
  [{ name: { $regex: '^prod' } }, ['^prod']],
  [{ name: { $regex: '^prod.*' } }, ['^prod']],
  [{ name: { $regex: '^prods?$' } }, ['^prod']],
  [{ name: { $regex: '^v\\.1\\-' } }, ['^v.1-']],
  [{ name: { $regex: '^(a|b)$' } }, ['=a', '=b']],
  [{ name: { $regex: '^(?:a|b)$' } }, ['=a', '=b']],
  [{ name: { $regex: '^prod-(eu|us)$' } }, ['^prod-']],
  [{ name: { $regex: '^a|b' } }, ['any']],
  [{ name: { $regex: '^a(b)|c' } }, ['any']],
  [{ name: { $regex: '(?i)^prod' } }, ['any']],
  [{ name: { $regex: 'prod$' } }, ['any']],
  [{ name: { $regex: '^a*' } }, ['any']],
  [{ name: { $regex: '^*prod' } }, ['any']],
  [{ name: { $regex: '^ab(?i)*' } }, ['^a']],
  [{ name: { $regex: '^ab\\Q\\E*' } }, ['^a']],
  [{ name: { $regex: '^', $in: ['a'] } }, ['=a']],
  [{ name: { $regex: '^pro', $eq: 'prod' } }, ['=prod']],
  [{ 'data.name': 'prod' }, ['any']],
  [{ $and: [{ name: 'a' }, { subject: 'b' }] }, ['=a']],
  [{ $or: [{ name: 'a' }, { name: { $regex: '^b' } }] }, ['=a', '^b']],
  [{ $or: [{ name: 'a' }, { subject: 'b' }] }, ['any']],
  [{ $or: [{ $and: [{ name: 'a' }] }], subject: 'x' }, ['=a']],
  [{ $nor: [{ name: 'a' }] }, ['any']],
  [{ $not: { name: 'a' } }, ['any']],
])('%j is found by %j', (json, hints) => expect(hintsOf(json)).toEqual(hints))

function foundByHints(json: unknown, field: string, value: unknown): boolean {
  const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
  if (!parsed.ok) return true
  const hints = literalHints(parsed.filter, field)
  if (hints.kind === 'any') return true
  return (Array.isArray(value) ? [value, ...(value as unknown[])] : [value]).some(
    (one) =>
      typeof one === 'string' &&
      (hints.literals.has(one) || [...hints.prefixes].some((prefix) => one.startsWith(prefix))),
  )
}

test('no match is ever excluded by its hints', () => {
  let matched = 0
  fc.assert(
    fc.property(anyFilter, anySubject, fc.constantFrom('name', 'subject', 'data'), (json, event, field) => {
      const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
      const subject = (name: string) => (event as Record<string, unknown>)[name]
      if (!parsed.ok || !matchesFilter(parsed.filter, subject)) return
      matched += 1
      expect(foundByHints(json, field, subject(field))).toBe(true)
    }),
    { numRuns: 1_000 },
  )
  expect(matched).toBeGreaterThan(50)
})

test('no text that a pattern matches is excluded by its hints', () => {
  const text = fc
    .array(fc.constantFrom('p', 'r', 'o', 'b', '.', '-', '🚂', '|', 'P'), { maxLength: 6 })
    .map((pieces) => pieces.join(''))
  let matched = 0
  fc.assert(
    fc.property(anyPattern, text, (pattern, name) => {
      const json = { name: { $regex: pattern } }
      const parsed = parseFilter(json, eventTypes.CUSTOM.fields)
      if (!parsed.ok || !matchesFilter(parsed.filter, () => name)) return
      matched += 1
      expect(foundByHints(json, 'name', name)).toBe(true)
    }),
    { numRuns: 5_000 },
  )
  expect(matched).toBeGreaterThan(50)
})
