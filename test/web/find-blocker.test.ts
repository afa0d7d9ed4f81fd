import { expect, test } from 'vitest'
import { findBlocker } from '../../src/web/automations/find-blocker.ts'
import { emptyDraft } from '../../src/web/automations/draft.ts'

const draft = { ...emptyDraft, scope: { kind: 'project', ref: 'prj_1' }, webhook: 'whk_1' } as const
const fine = { isFilterWrong: false, mistakes: [] }
const wrong = { pointer: '#/action/template', line: 7, column: 9, detail: 'x' }

test('with everything answered no step is in the way', () => {
  for (const step of ['event', 'action', 'details'] as const) expect(findBlocker(step, draft, fine)).toBeUndefined()
})

test('what is missing is told by the step it belongs to, the first one first', () => {
  expect(findBlocker('event', emptyDraft, fine)).toEqual({ what: 'scope', step: 'event' })
  expect(findBlocker('details', draft, { ...fine, isFilterWrong: true })).toEqual({ what: 'filter', step: 'event' })
  expect(findBlocker('action', { ...draft, webhook: '' }, fine)).toEqual({ what: 'webhook', step: 'action' })
  const gone = { pointer: '#/action/webhook', detail: 'x' }
  expect(findBlocker('details', draft, { ...fine, mistakes: [wrong, gone] })).toEqual({
    what: 'webhook',
    step: 'action',
  })
  expect(findBlocker('details', draft, { ...fine, mistakes: [wrong] })).toEqual({
    what: 'payload',
    step: 'action',
    line: 7,
    column: 9,
  })
})

test('a payload that is not sent, and one that is not come to yet, is in nobody’s way', () => {
  expect(findBlocker('event', draft, { ...fine, mistakes: [wrong] })).toBeUndefined()
  expect(
    findBlocker('details', { ...draft, sends: false, webhook: '' }, { ...fine, mistakes: [wrong] }),
  ).toBeUndefined()
})
