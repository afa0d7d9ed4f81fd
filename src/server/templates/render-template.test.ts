import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskParts, type PayloadPart } from '../../contract/payload.ts'
import { limits } from '../base/limits.ts'
import { bindSecrets, type Grants } from './bind-secrets.ts'
import { parseTemplate } from './parse-template.ts'
import { printSlot, printTemplate } from './print-template.ts'
import { findBlanks, renderTemplate } from './render-template.ts'
import type { PathStep, Slot, Template } from './template.ts'

const grants: Grants = { secretNames: new Set(['TOKEN', 'TOKEN_2', 'alias', 'constructor']), hasAccessToken: true }
const noGrants: Grants = { secretNames: new Set(), hasAccessToken: false }

function parse(text: string): Template {
  const parsed = parseTemplate(text)
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.mistakes)} in ${text.slice(0, 500)}`)
  return parsed.template
}

/** JSON members only, so that names like `toString` are no values. */
function lookupIn(values: unknown) {
  return (name: string) =>
    Object.hasOwn(values as object, name) ? (values as Record<string, unknown>)[name] : undefined
}

function render(text: string, values: unknown, granted = grants): PayloadPart[] {
  return renderTemplate(bindSecrets(parse(text), granted), lookupIn(values))
}

/** Secrets are shown as masks. */
function check(text: string, values: unknown, payload: string): void {
  expect(maskParts(render(text, values))).toBe(payload)
}

test('what an event has no value for is told as it is written, each once, unless a default stands for it', () => {
  const template =
    '{"a": "${tag} ${alias}", "b": ${artifact_metadata.loss}, "c": "${tag}", "d": "${tag:-none}", ' +
    '"e": ${artifact_metadata["a b"]}, "f": ${artifact_metadata.here}, "g": "$TOKEN"}'
  const values = { alias: '', artifact_metadata: { here: false, loss: null } }
  expect(findBlanks(bindSecrets(parse(template), noGrants), lookupIn(values))).toEqual([
    '${tag}',
    '${alias}',
    '${artifact_metadata.loss}',
    '${artifact_metadata["a b"]}',
  ])
})

test.each([
  ['a text', 'production', '"is production."'],
  ['a number', 0.25, '"is 0.25."'],
  ['true', true, '"is true."'],
  ['null', null, '"is ."'],
  ['nothing', undefined, '"is ."'],
  ['an object', { a: 'x"y' }, '"is {\\"a\\":\\"x\\\\\\"y\\"}."'],
  ['a quote, a backslash and a newline', '"\\\n', '"is \\"\\\\\\n."'],
  ['separators and a lone surrogate', '\u2028\u2029\ud800', '"is \\u2028\\u2029\\ud800."'],
  ['what looks like a slot', '${alias} $TOKEN', '"is ${alias} $TOKEN."'],
  ['not a number', NaN, '"is NaN."'],
])('inside quotes %s is an escaped text', (_, tag, payload) => check('"is ${tag}."', { tag }, payload))

test.each([
  ['a text', 'a"b', '"a\\"b"'],
  ['a number', -1.5, '-1.5'],
  ['an object', { a: [1, null] }, '{"a":[1,null]}'],
  ['a separator', ['\u2028'], '["\\u2028"]'],
  ['null', null, 'null'],
  ['nothing', undefined, 'null'],
  ['not a number', NaN, 'null'],
])('without quotes %s is itself', (_, tag, payload) => check('${tag}', { tag }, payload))

test.each([
  ['"${tag:-none \\"at all\\"}"', undefined, '"none \\"at all\\""'],
  ['"${tag:-none}"', null, '"none"'],
  ['"${tag:-none}"', '', '"none"'],
  ['${tag:-none}', '', '""'],
  ['"${tag:-none}"', false, '"false"'],
  ['${tag:-none}', undefined, '"none"'],
  ['${tag:-0.10}', undefined, '0.10'],
  ['${tag:-{"a": ["}"]}}', undefined, '{"a": ["}"]}'],
  ['${tag:-}', undefined, '""'],
])(
  'a default stands for a missing or null value, and inside quotes for an empty text: %s with %j',
  (text, tag, payload) => check(text, { tag }, payload),
)

const metadata = {
  'a.b': 'whole',
  a: { b: 'nested', c: [{ d: 'deep' }] },
  'x[0]': 'odd',
  x: ['first'],
  __proto__: 'none',
}
test.each([
  ['${event_data.a.b}', '"whole"'],
  ['${event_data["a"].b}', '"nested"'],
  ['${event_data["a.b"]}', '"whole"'],
  ['${event_data.a.c[0].d}', '"deep"'],
  ['${event_data.a["c"][0]["d"]}', '"deep"'],
  ['${event_data.x[0]}', '"odd"'],
  ['${event_data["x"][0]}', '"first"'],
  ['${event_data["x"].0}', 'null'],
  ['${event_data["x"][1]}', 'null'],
  ['${event_data["x"].length}', 'null'],
  ['${event_data.a.b.length}', 'null'],
  ['${event_data.a.b[0]}', 'null'],
  ['${event_data.nothing.at.all}', 'null'],
])('a path finds own members, the whole of it as one key first: %s', (text, payload) =>
  check(text, { event_data: metadata }, payload),
)

test.each([
  '__proto__',
  'constructor',
  'toString',
  'constructor.prototype',
  '__proto__.toString.name',
  'hasOwnProperty',
])('nothing of JavaScript itself can be reached by .%s', (path) =>
  check(`\${event_data.${path}}`, { event_data: {} }, 'null'),
)

test('an own member may have any name', () =>
  check('${event_data.__proto__.x}', { event_data: JSON.parse('{"__proto__": {"x": 1}}') as unknown }, '1'))

test('an empty template is an empty object', () => check('', {}, '{}'))
test('a doubled dollar makes a brace literal', () => check('{"a": "$${alias}"}', { alias: 'x' }, '{"a": "${alias}"}'))

test('a secret is a slot that knows where it stands', () => {
  expect(render('{"${TOKEN}": "Bearer ${TOKEN}$TOKEN_2", "b": ${ACCESS_TOKEN}}', {})).toEqual([
    '{"',
    { secret: 'TOKEN', within: 'json-string' },
    '": "Bearer ',
    { secret: 'TOKEN', within: 'json-string' },
    { secret: 'TOKEN_2', within: 'json-string' },
    '", "b": ',
    { secret: 'ACCESS_TOKEN', within: 'json-value' },
    '}',
  ])
})

test.each([
  ['$TOKEN', '‹secret TOKEN›'],
  ['$TOKEN.', '‹secret TOKEN›.'],
  ['$TOKEN-x', '‹secret TOKEN›-x'],
  ['$TOKEN_2', '‹secret TOKEN_2›'],
  ['$TOKEN$TOKEN_2', '‹secret TOKEN›‹secret TOKEN_2›'],
  ['$TOKEN_3', '$TOKEN_3'],
  ['$TOKENS', '$TOKENS'],
  ['$token', '$token'],
  ['$constructor', '‹secret constructor›'],
  ['$toString', '$toString'],
  ['$$TOKEN', '$‹secret TOKEN›'],
  ['$${TOKEN}', '${TOKEN}'],
  ['\\u0024TOKEN', '\\u0024TOKEN'],
  ['$ACCESS_TOKEN', '‹secret ACCESS_TOKEN›'],
  ['100$', '100$'],
])('a bare name counts when exactly that secret is granted: %s', (text, payload) =>
  check(`"${text}"`, {}, `"${payload}"`),
)

test('without an access token the bare name is text, and the braced one is still never blank', () => {
  expect(maskParts(render('"$ACCESS_TOKEN ${ACCESS_TOKEN}"', {}, noGrants))).toBe(
    '"$ACCESS_TOKEN ‹secret ACCESS_TOKEN›"',
  )
})

test('a variable wins over a secret of its name', () => check('"${alias}"', { alias: 'production' }, '"production"'))
test('an unknown name is blank, and is not looked up', () => {
  const template = bindSecrets(parse('["${nothing:-x}", ${constructor}, "${__proto__.x}"]'), grants)
  const lookUp = (name: string) => expect.unreachable(name)
  expect(renderTemplate(template, lookUp)).toEqual(['["x", ', { secret: 'constructor', within: 'json-value' }, ', ""]'])
})
test('a secret with a path is blank', () => check('"${TOKEN.x}"', {}, '""'))

test('a value that is no JSON, or too deep for the stack, is blank', () => {
  const cycle: unknown[] = []
  cycle.push(cycle)
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown
  for (const value of [cycle, 1n, () => 1, Symbol('x')]) {
    check('"${tag:-none}"', { tag: value }, '"none"')
    check('${tag}', { tag: value }, 'null')
  }
  const payload = maskParts(render('{"a": "${tag}", "b": ${tag}}', { tag: deep }))
  expect(() => JSON.parse(payload) as unknown).not.toThrow()
})

test('a small template of large values stays cheap, and is over the limit for whoever looks', () => {
  const text = `[${Array.from({ length: 1500 }, () => '"${event_data}", ${event_data}').join(',')}]`
  const payload = maskParts(render(text, { event_data: { x: '"'.repeat(60_000) } }))
  expect(payload.length).toBeGreaterThan(limits.payloadBytesMax)
  expect(payload.length).toBeLessThan(2 * limits.payloadBytesMax)
  expect(JSON.parse(payload)).toHaveLength(3000)
}, 1000)

// Templates of every shape: what is printed from generated slots, in JSON of generated texts.
const name = fc.constantFrom('alias', 'event_data', 'tag', 'TOKEN', 'TOKEN_2', 'ACCESS_TOKEN', 'unknown', '__proto__')
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units))
const wellFormed = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.toWellFormed())
const step: fc.Arbitrary<PathStep> = fc.oneof(
  fc.nat(3).map((index) => ({ index })),
  fc.constantFrom('a', 'b', 'a b', 'x/y', '-', '__proto__', '$', 'é').map((key) => ({ key, exact: false })),
  wellFormed.map((key) => ({ key, exact: true })),
)
const slotOf = (place: Slot['place'], byDefault: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .record({ name, path: fc.array(step, { maxLength: 3 }), default: fc.option(byDefault, { nil: undefined }) })
    .map(({ default: text, ...rest }) => ({ ...rest, ...(text === undefined ? {} : { default: text }) }))
    .map((expression) => printSlot({ ...expression, place, start: 0, end: 0, line: 1, column: 1 }))
const textPiece = fc.oneof(
  wellFormed.map((text) => JSON.stringify(text.replaceAll('$', '')).slice(1, -1)),
  fc.constantFrom('$${', '$TOKEN', '$ACCESS_TOKEN', '$', '\\u2028', '\\"', '$TOKEN_2x'),
  slotOf(
    'string',
    wellFormed.map((text) => text.replaceAll('${', '')),
  ),
)
const textOf = fc.array(textPiece, { maxLength: 5 }).map((pieces) => `"${pieces.join('')}"`)
const balanced = fc.oneof(
  fc.constantFrom('', 'none', '{"a": "}"}', '[1]', '0.10'),
  fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.stringify(json).replaceAll('${', '')),
)
const templateText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    textOf,
    slotOf('value', balanced),
    fc.constantFrom('1', '-0.5e3', 'true', 'null', '[]', '{}'),
    fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values.join(' ,')}]`),
    fc
      .array(fc.tuple(textOf, tie('value')), { maxLength: 4 })
      .map((members) => `{${members.map(([key, value], index) => `"${index}${key.slice(1)}:\r\n${value}`).join(',')}}`),
  ),
})).value
const values = fc.dictionary(
  fc.constantFrom('alias', 'event_data', 'tag', '__proto__'),
  fc.oneof(
    anyText,
    fc.jsonValue({ maxDepth: 4 }),
    fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
  ),
)

test('whatever the template and the values, the payload is JSON, also when secrets are filled with anything', () => {
  fc.assert(
    fc.property(templateText, values, anyText, (text, known, secret) => {
      const parts = renderTemplate(bindSecrets(parse(text), grants), lookupIn(known))
      parts.forEach((part, index) =>
        expect(typeof part === 'string' && typeof parts[index + 1] === 'string').toBe(false),
      )
      const filled = parts.map((part) => (typeof part === 'string' ? part : fill(part.within, secret))).join('')
      expect(() => JSON.parse(filled) as unknown).not.toThrow()
      expect(filled.isWellFormed()).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a text inside quotes arrives as it was, and a value without quotes too', () => {
  fc.assert(
    fc.property(anyText, fc.jsonValue(), (alias, data) => {
      const payload = maskParts(render('{"a": "${alias}", "${alias}": ${event_data}}', { alias, event_data: data }))
      const arrived = JSON.parse(payload) as Record<string, unknown>
      if (alias !== 'a' && alias !== '__proto__') {
        expect(arrived['a']).toBe(alias)
        expect(arrived[alias]).toEqual(JSON.parse(JSON.stringify(data)))
      }
    }),
  )
})

test('to parse what was printed gives the same template, and printing it again the same text', () => {
  fc.assert(
    fc.property(templateText, (text) => {
      const template = parse(text)
      const printed = printTemplate(template)
      expect(withoutPositions(parse(printed))).toEqual(withoutPositions(template))
      expect(printTemplate(parse(printed))).toBe(printed)
    }),
    { numRuns: 1000 },
  )
})

function withoutPositions({ parts, json }: Template): unknown {
  return {
    json,
    parts: parts.map((part) => (typeof part === 'string' ? part : { ...part, start: 0, end: 0, line: 0, column: 0 })),
  }
}

/** As `outbound` fills. */
function fill(within: string, secret: string): string {
  const json = JSON.stringify(secret)
  return within === 'json-string' ? json.slice(1, -1) : json
}
