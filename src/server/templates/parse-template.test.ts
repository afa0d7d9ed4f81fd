import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '../base/limits.ts'
import { parseTemplate } from './parse-template.ts'

/** Slots as `place name`, with the rest of the expression where there is any. */
function check(text: string, slots: readonly string[], json: 'object' | 'value' = 'object'): void {
  const parsed = parseTemplate(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  const shown = parsed.template.slots.map((slot) => {
    const path = slot.path.map((step) => JSON.stringify('index' in step ? step.index : step.key)).join(' ')
    return [slot.place, slot.name, path, slot.default].filter((part) => part !== '' && part !== undefined).join(' ')
  })
  expect({ slots: shown, json: parsed.template.json }).toEqual({ slots, json })
}

/** The first mistakes as `line:column detail`; the detail may be a part of it. */
function refuses(text: string, ...mistakes: readonly string[]): void {
  const parsed = parseTemplate(text)
  const shown = parsed.ok ? [] : parsed.mistakes.map((one) => `${one.line}:${one.column} ${one.detail}`)
  expect(shown).toEqual(mistakes.map((one) => expect.stringContaining(one)))
}

test.each([
  ['inside quotes', '{"a": "is ${alias}."}', ['string alias']],
  ['as a whole value', '{"a": ${event_data}, "b": [${alias}]}', ['value event_data', 'value alias']],
  ['in a key', '{"${alias}": 1}', ['key alias']],
  ['with a path', '{"a": "${m.a.b[0]}"}', ['string m "a" "b" 0']],
  [
    'with a key that holds a slash, a blank and a colon',
    '{"a": "${m.train/my loss:x}"}',
    ['string m "train/my loss:x"'],
  ],
  ['with an exact key', '{"a": ${m["a.b}"]}}', ['value m "a.b}"']],
  ['with an exact key, inside quotes, as JSON', '{"a": "${m[\\"a.b}\\"]}"}', ['string m "a.b}"']],
  ['with an exact key, inside quotes, as a person writes it', '{"a": "${m["a.b"].c}"}', ['string m "a.b" "c"']],
  ['with an exact key that holds a quote, inside quotes', '{"a": "${m[\\"a\\\\\\"}b\\"]}"}', ['string m "a\\"}b"']],
  ['with a default', '{"a": "${alias:-none at all}"}', ['string alias none at all']],
  ['with an empty default', '{"a": "${alias:-}"}', ['string alias']],
  ['with a default of balanced braces', '{"a": ${m:-{"x": {"y": "}"}}}}', ['value m {"x": {"y": "}"}}']],
  ['with a default that holds an escaped brace', '{"a": "${alias:-\\u007d}"}', ['string alias }']],
  ['with a path and a default', '{"a": "${m.x:-0}"}', ['string m "x" 0']],
  ['named like the prototype', '{"a": "${__proto__.constructor}"}', ['string __proto__ "constructor"']],
])('a slot can stand %s', (_, text, slots) => check(text, slots))

test('a slot alone is a payload that may be any value', () => check(' ${event_data} ', ['value event_data'], 'value'))
test('a list is a payload', () => check('["${alias}"]', ['string alias'], 'value'))
test('an empty template is an object', () => check(' \r\n\t', []))
test('a doubled dollar makes a brace literal', () => check('{"a": "$${alias} costs $5"}', []))
test('a name without braces is no slot', () => check('{"a": "$ALIAS"}', []))

test.each([
  ['{"a": "${alias}"}', true],
  ['{"a": "${m[\\"a.b\\"]}"}', true],
  ['{"a": "${m["a.b"]}"}', false],
  ['{"a": ${event_data}}', false],
  ['["${alias}"]', false],
  ['', true],
])('%s is a JSON object as text, so that the SDK can show it: %s', (text, expected) => {
  const parsed = parseTemplate(text)
  expect(parsed.ok && parsed.template.isJsonObjectAsText).toBe(expected)
})

test.each([
  ['{"a": "${alias"}', '1:8 `${alias` is never closed. Add `}`.'],
  ['{"a": ${alias', '1:7 `${alias` is never closed'],
  ['{"a": "${}"}', '1:8 `${}` is empty'],
  ['{"a": "${ alias }"}', '1:8 `${ alias }` does not start with a name'],
  ['{"a": "${alias-x}"}', '1:8 `${alias-x}`: after the name may come'],
  ['{"a": "${m.}"}', '1:8 `${m.}`: after the name may come'],
  ['{"a": "${m..x}"}', '1:8 `${m..x}`: after the name may come'],
  ['{"a": "${m[x]}"}', '1:8 `${m[x]}`: after the name may come'],
  ['{"a": "${m[-1]}"}', '1:8 `${m[-1]}`: after the name may come'],
  ['{"a": "${m:x}"}', '1:8 `${m:x}`: after the name may come'],
  ['{"a": "${${x}}"}', '1:8 A `${…}` cannot stand inside another'],
  ['{"a": "${x:-${y}}"}', '1:8 A `${…}` cannot stand inside another'],
  [`{"a": "\${m${'.a'.repeat(33)}}"}`, '1:8 The path of `${m…}` has more than 32 steps.'],
])('a bad slot is pointed at: %s', (text, mistake) => refuses(text, mistake))

test.each([
  ['{"a": 1,}', '1:9 Expected a key in quotes here.'],
  ['{"a" 1}', '1:6 Expected `:` here.'],
  ['{"a": 1 "b": 2}', '1:9 Expected `,` or `}` here.'],
  ['[1,]', '1:4 Expected a value here.'],
  ['[1}', '1:3 Expected `,` or `]` here.'],
  ['{"a": 1', '1:8 Expected `,` or `}` here.'],
  ['{} {}', '1:4 Nothing may follow'],
  ['{"a": "x', '1:7 This text is never closed. Add `"`.'],
  ['{"a": "x\ny"}', '1:7 This text is never closed. Add `"`.'],
  ['{"a": "x\ty"}', '1:9 A control character stands here. Write `\\t`.'],
  ['{"a": "\\x"}', '1:8 `\\x` is no JSON escape.'],
  ['{"a": "\\${x}"}', '1:8 `\\$` is no JSON escape. Write `$${` for a literal `${`.'],
  ['{a: 1}', '1:2 `a` is no JSON. A text stands in quotes.'],
  ['{"a": 01}', '1:7 `01` is no JSON.'],
  ["{'a': 1}", "1:2 `'a'` is no JSON."],
  ['{"a": 1, "b": 2, "a": 3}', '1:18 The key `a` is given twice'],
  ['{"a": 1, "\\u0061": 3}', '1:10 The key `a` is given twice'],
  ['{"a": $TOKEN}', '1:7 `$TOKEN` without braces counts only inside quotes. Write `${TOKEN}`.'],
  ['{"a": $${x}}', '1:7 `$` is no JSON.'],
  ['{"a": 12${alias}}', '1:9 Expected `,` or `}` here. A `${…}` without quotes is a whole value'],
  ['{"a": ${alias}${tag}}', '1:15 Expected `,` or `}` here.'],
  ['{${alias}: 1}', '1:2 Expected a key in quotes or `}` here. A `${…}` without quotes is a whole value'],
  ['hello ${alias}', '1:1 `hello` is no JSON.'],
  ['\ufeff{}', '1:1 The text starts with a byte order mark'],
  ['{"a": "\ud800"}', '1:8 Half of a character'],
])('what is no JSON is pointed at: %j', (text, mistake) => refuses(text, mistake))

test('all mistakes are answered at once, in the order of their places', () =>
  refuses('{"a": "${}",\n "b" "${x y}",\n "c": "\\q"}', '1:8', '2:6 Expected `:` here.', '2:7', '3:8'))

test('CRLF, CR and LF each end one line', () => refuses('{\r\n"a":\r"b",\n  ${}}', '4:3', '4:3'))
test('columns count UTF-16 units, as editors do', () => refuses('{"🚂": "${}"}', '1:9'))

test('a template over the limit is refused by its bytes', () => {
  const parsed = parseTemplate(`{"a": "${'é'.repeat(limits.templateBytesMax / 2)}"}`)
  expect(parsed).toEqual({ ok: false, mistakes: [{ detail: '65 KB is over the limit of 64 KB.' }] })
})

test('nesting has a limit, and going far beyond it harms nobody', () => {
  check('['.repeat(100) + ']'.repeat(100), [], 'value')
  refuses('['.repeat(30_000) + ']'.repeat(30_000), '1:101 The payload is nested more than 100 deep.')
})

test.each(['${', '"${', '{"a":${', '${a:-{', '"${a:-{"', '${}', '[${a["', '"\\', '{"${x.y[0]:-"z', '$${', '\r'])(
  'a large template made of %j is answered at once, with few mistakes',
  (piece) => {
    const parsed = parseTemplate(piece.repeat(limits.templateBytesMax / piece.length))
    if (!parsed.ok) expect(parsed.mistakes.length).toBeLessThanOrEqual(limits.mistakesMax)
  },
  500,
)

test('whatever the text, parsing answers', () => {
  const piece = fc.constantFrom(
    '${',
    '$${',
    '}',
    '"',
    '\\',
    '\\"',
    '{',
    '[',
    ']',
    ':-',
    ':',
    ',',
    '.',
    'alias',
    '0',
    '\r\n',
    '$',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 }))), (pieces) => {
      const text = pieces.join('')
      const parsed = parseTemplate(text)
      if (!parsed.ok) expect(parsed.mistakes.length).toBeGreaterThan(0)
      else for (const slot of parsed.template.slots) expect(text.slice(slot.start, slot.end)).toMatch(/^\$\{.*\}$/s)
    }),
    { numRuns: 500 },
  )
})

test('without slots a template is what JSON says it is', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-1.5e3',
    'null',
    'tru',
    ' ',
    '\n',
    '"\\u00e9"',
    '01',
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
      const text = pieces.join('')
      const hasRepeatedKey = !parseTemplate(text).ok && JSON.stringify(parseTemplate(text)).includes('given twice')
      if (text.trim() !== '' && !hasRepeatedKey) expect(parseTemplate(text).ok).toBe(isJson(text))
    }),
    { numRuns: 1000 },
  )
})

test('any JSON without a dollar is a template', () => {
  fc.assert(
    fc.property(
      fc.json().filter((json) => !json.includes('$')),
      (json) => parseTemplate(json).ok,
    ),
  )
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
