import { expect, test } from 'vitest'
import type { AutomationRevision } from '../../src/contract/automation.ts'
import { diffSettings, type SettingWords } from '../../src/web/automations/diff-settings.ts'
import { spellChange } from '../../src/web/automations/spell-change.ts'
import { en } from '../../src/web/text/en.ts'
import { ko } from '../../src/web/text/ko.ts'

const words: SettingWords = {
  event: en.eventTitle,
  webhook: (id) => `deploy-bot · ${id}`,
  on: 'On',
  off: 'Off',
  recordOnly: 'recorded only',
}
const before: AutomationRevision = {
  revision: 1,
  at: '2026-11-24T14:00:00.000Z',
  by: 'ada',
  name: 'Deploy',
  description: null,
  enabled: true,
  paused_reason: null,
  fires_per_minute_max: 60,
  event_type: 'ADD_ARTIFACT_ALIAS',
  filter: { alias: { $regex: '^prod' } },
  action: { type: 'webhook', webhook: 'whk_1', template: '{\n  "a": 1\n}' },
}
const change = (changes: Partial<AutomationRevision>) => {
  const after = { ...before, revision: 2, ...changes }
  const found = diffSettings(before, after, words)
  return { found, told: spellChange(after, found, en), names: found.map(({ name }) => name) }
}

test('what differs is told in the order of the form, in words and in lines', () => {
  const { names, told, found } = change({
    filter: { alias: { $regex: '^staging' } },
    action: { type: 'webhook', webhook: 'whk_1', template: '{\n  "a": 2\n}' },
  })
  expect(names).toEqual(['filter', 'payload'])
  expect(told).toBe('ada changed the filter and the payload')
  expect(found[1]!.lines.map(({ sign, text }) => `${sign}${text}`)).toEqual([' {', '−  "a": 1', '+  "a": 2', ' }'])
})

test.each([
  [{ enabled: false }, 'ada turned it off'],
  [{ paused_reason: 'It set itself off.', by: null }, 'Signalbox paused it'],
  [{ name: 'Ship' }, 'ada changed the name'],
  [{ name: 'Ship', enabled: false, description: 'why' }, 'ada changed the name, the description and whether it is on'],
  [{ action: { type: 'no_op' as const } }, 'ada changed where it sends to and the payload'],
  [{ event_type: 'LINK_ARTIFACT', fires_per_minute_max: 0 }, 'ada changed the event and the limit per minute'],
])('%j: %s', (changes, told) => {
  expect(change(changes).told).toBe(told)
})

test('the first revision is one that was made, and a way back is told as what it is', () => {
  expect(spellChange(before, undefined, en)).toBe('ada made it')
  const off = { ...before, enabled: false }
  expect(spellChange(before, diffSettings(off, before, words), en)).toBe('ada turned it on')
  const paused = { ...before, paused_reason: 'by hand' }
  expect(spellChange(before, diffSettings(paused, before, words), en)).toBe('ada resumed it')
  expect(change({ by: 'bert' }).found).toEqual([])
})

test('the same in Korean', () => {
  const found = diffSettings(before, { ...before, name: 'Ship', filter: {} }, words)
  expect(spellChange({ ...before, revision: 2 }, found, ko)).toBe('ada 님이 바꾼 항목: 이름 및 필터')
})
