import { expect, test } from 'vitest'
import { maskParts } from '../../contract/payload.ts'
import { limits } from '../base/limits.ts'
import { bindSecrets, type Grants } from './bind-secrets.ts'
import { parseTemplate } from './parse-template.ts'
import { previewTemplate } from './preview-template.ts'
import { renderTemplate } from './render-template.ts'

const grants: Grants = { secretNames: new Set(['TOKEN']), hasAccessToken: true }
const values: Readonly<Record<string, unknown>> = {
  alias: 'a "quoted" one',
  artifact_metadata: { loss: 0.4, 'a.b': [1], empty: '' },
  event_author: 'ada',
}
const lookup = (name: string) => values[name]

function templateOf(text: string) {
  const parsed = parseTemplate(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes))
  return parsed.template
}

const preview = (text: string) => previewTemplate(templateOf(text), grants, lookup)

test('each piece says what it came from, and where that stands', () => {
  const text = '{"a": "${alias}", "b": ${tag},\n "c": "${tag:-none}", "d": "${odd}$TOKEN", "e": ${ACCESS_TOKEN}}'
  expect(preview(text).filter(({ kind }) => kind !== 'text')).toEqual([
    { kind: 'value', text: 'a \\"quoted\\" one', of: '${alias}', line: 1, column: 8 },
    { kind: 'blank', text: 'null', of: '${tag}', line: 1, column: 24 },
    { kind: 'default', text: 'none', of: '${tag:-none}', line: 2, column: 8 },
    { kind: 'unknown', text: '', of: '${odd}', line: 2, column: 29 },
    { kind: 'secret', text: '‹secret TOKEN›', of: '$TOKEN' },
    { kind: 'secret', text: '‹secret ACCESS_TOKEN›', of: '${ACCESS_TOKEN}', line: 2, column: 49 },
  ])
})

test.each([
  '',
  '{"a": "$${alias} ${alias}", "b": ${artifact_metadata}, "${alias}": [${artifact_metadata.a.b}]}',
  '{"c": "${artifact_metadata.loss} ${artifact_metadata.empty} ${odd:-x}", "d": ${odd}, "e": "$TOKEN$OTHER"}',
  `[${Array.from({ length: 40 }, () => '"${event_id}"').join(', ')}]`,
])('put together, the pieces are the payload: %s', (text) => {
  const large = 'x'.repeat(limits.payloadBytesMax / 8)
  const look = (name: string) => (name === 'event_id' ? large : lookup(name))
  const payload = maskParts(renderTemplate(bindSecrets(templateOf(text), grants), look))
  const pieces = previewTemplate(templateOf(text), grants, look)
  expect(pieces.map((piece) => piece.text).join('')).toBe(payload)
})
