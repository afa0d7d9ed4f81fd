import { expect, test } from 'vitest'
import { fixMistake } from '../../src/web/payload/fix-mistake.ts'

const mistake = (detail: string, line: number, column: number) => ({ detail, line, column })
const template = '{\n  "by": "${event_autor}",\n  "to": "${alias}"\n}'

test('a misspelt name is replaced where it stands by the one that was meant', () => {
  const advice = '`${event_autor}` is no variable. Did you mean `${event_author}`?'
  expect(fixMistake(template, mistake(advice, 2, 10))).toBe('{\n  "by": "${event_author}",\n  "to": "${alias}"\n}')
  expect(fixMistake('["${artifact_metdata.a.b}"]', mistake('Did you mean `${artifact_metadata.a.b}`?', 1, 3))).toBe(
    '["${artifact_metadata.a.b}"]',
  )
})

test.each([
  ['the server has no advice', mistake('`${event_autor}` is no variable.', 2, 10)],
  ['no slot stands there', mistake('Did you mean `${event_author}`?', 1, 1)],
  ['the place is gone', mistake('Did you mean `${event_author}`?', 9, 9)],
])('nothing is offered when %s', (_why, given) => {
  expect(fixMistake(template, given)).toBeUndefined()
})
