import { expect, test } from 'vitest'
import { emptyDraft } from '../../src/web/automations/draft.ts'
import { mergeDrafts } from '../../src/web/automations/merge-drafts.ts'

const base = { ...emptyDraft, name: 'Deploy', regex: '^prod', scope: { kind: 'project', ref: 'prj_1' } } as const

test('what one of two changed stays, and of what both changed mine does', () => {
  const mine = { ...base, regex: '^mine', description: 'why', scope: { ...base.scope } }
  const theirs = { ...base, regex: '^theirs', name: 'Ship', enabled: false }
  expect(mergeDrafts(base, mine, theirs)).toEqual({
    ...base,
    regex: '^mine',
    description: 'why',
    name: 'Ship',
    enabled: false,
  })
})

test('where I changed nothing it is theirs, and where they changed nothing mine', () => {
  const changed = { ...base, name: 'Ship', template: '{}' }
  expect(mergeDrafts(base, base, changed)).toEqual(changed)
  expect(mergeDrafts(base, changed, base)).toEqual(changed)
})
