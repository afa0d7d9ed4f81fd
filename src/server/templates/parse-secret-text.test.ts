import { expect, test } from 'vitest'
import { maskParts } from '../../contract/payload.ts'
import { parseSecretText } from './parse-secret-text.ts'

const secretNames = new Set(['TOKEN', 'PATH_KEY'])

/** The masked text, or the first mistake. */
function check(text: string, within: 'url' | 'text', expected: string): void {
  const parsed = parseSecretText(text, within, secretNames)
  const [mistake] = parsed.ok ? [] : parsed.mistakes
  expect(parsed.ok ? maskParts(parsed.parts) : `${mistake?.line}:${mistake?.column} ${mistake?.detail}`).toBe(expected)
}

test.each([
  [
    'https://hooks.example/a/${TOKEN}/b?key=${PATH_KEY}',
    'https://hooks.example/a/‹secret TOKEN›/b?key=‹secret PATH_KEY›',
  ],
  ['https://hooks.example?key=${TOKEN}', 'https://hooks.example?key=‹secret TOKEN›'],
  ['https://hooks.example:8443/${TOKEN}${TOKEN}', 'https://hooks.example:8443/‹secret TOKEN›‹secret TOKEN›'],
  ['https://hooks.example/$TOKEN', 'https://hooks.example/$TOKEN'],
  ['https://hooks.example/$${TOKEN}', 'https://hooks.example/${TOKEN}'],
])('path and query of an address may hold secrets: %s', (text, expected) => check(text, 'url', expected))

test.each([
  ['${TOKEN}', 1],
  ['${TOKEN}://hooks.example/', 1],
  ['https://${TOKEN}/', 9],
  ['https://hooks.example${TOKEN}/', 22],
  ['https://hooks.example:${TOKEN}/', 23],
  ['https://user:${TOKEN}@hooks.example/', 14],
  ['https://hooks.example\\${TOKEN}/', 23],
  ['https:/\t/hooks.example/${TOKEN}', 24],
  ['https://hooks.example#${TOKEN}', 23],
  ['https://hooks.example/#/${TOKEN}', 25],
  ['//hooks.example/${TOKEN}', 17],
])('elsewhere in an address they are refused: %s', (text, column) =>
  check(text, 'url', `1:${column} In an address secrets may stand in path and query only.`),
)

test('a header value may hold secrets anywhere', () => {
  expect(parseSecretText('Token ${TOKEN}', 'text', secretNames)).toEqual({
    ok: true,
    parts: ['Token ', { secret: 'TOKEN', within: 'text' }],
  })
})

test.each([
  ['${TOKN}', '1:1 `${TOKN}` is not a granted secret. Did you mean `${TOKEN}`?'],
  ['${__proto__}', '1:1 `${__proto__}` is not a granted secret.'],
  ['x ${TOKEN', '1:3 `${TOKEN` is never closed. Add `}`.'],
  ['${}', '1:1 `${}` is empty. Name a variable, or write `$${` for a literal `${`.'],
  ['${TOKEN.x}', '1:1 `${TOKEN}` takes neither a path nor a default here.'],
  ['${TOKEN:-x}', '1:1 `${TOKEN}` takes neither a path nor a default here.'],
])('a bad slot is pointed at: %s', (text, mistake) => check(text, 'text', mistake))

test('all mistakes are answered at once', () => {
  const parsed = parseSecretText('${A} ${B}', 'text', secretNames)
  expect(parsed.ok ? 0 : parsed.mistakes.length).toBe(2)
})
