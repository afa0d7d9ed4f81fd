import { expect, test } from 'vitest'
import { knownPaths } from '../../src/web/automations/known-paths.ts'
import { findChoice, slotChoices } from '../../src/web/payload/slot-choices.ts'

const metadata = { accuracy: 0.9, data: { rows: 12, 'odd key': 1 } }
const choices = slotChoices({
  eventType: 'ADD_ARTIFACT_ALIAS',
  secrets: ['ACCESS_TOKEN', 'GITHUB_TOKEN'],
  values: { alias: 'production', artifact_metadata: metadata },
})

test('what has a value for the event comes first, then what is in it, then secrets with the token last, then what is blank', () => {
  const kinds = choices.map(({ kind }) => kind)
  expect(kinds).toEqual([...kinds].toSorted((one, other) => order.indexOf(one) - order.indexOf(other)))
  expect(choices.filter(({ kind }) => kind === 'part').map(({ name, value }) => [name, value])).toEqual([
    ['artifact_metadata.accuracy', 0.9],
    ['artifact_metadata.data', metadata.data],
    ['artifact_metadata.data.rows', 12],
  ])
  expect(choices.filter(({ kind }) => kind === 'secret').map(({ name }) => name)).toEqual([
    'GITHUB_TOKEN',
    'ACCESS_TOKEN',
  ])
  expect(choices.find(({ name }) => name === 'tag')?.kind).toBe('blank')
  expect(choices.find(({ name }) => name === 'alias')).toMatchObject({ kind: 'value', value: 'production' })
})

test('a name is found with a path and a default behind it', () => {
  expect(findChoice(choices, 'artifact_metadata.accuracy:-0')?.value).toBe(0.9)
  expect(findChoice(choices, 'artifact_metadata.never.there')?.name).toBe('artifact_metadata')
  expect(findChoice(choices, 'alias:-none')?.name).toBe('alias')
  expect(findChoice(choices, '')).toBeUndefined()
})

test('conditions are offered the fields of the event, and the paths that past ones had', () => {
  const paths = knownPaths('ADD_ARTIFACT_ALIAS', [{ facts: { metadata } }, { facts: { metadata: { accuracy: 1 } } }])
  expect(paths).toContain('author')
  expect(paths.filter((path) => path.startsWith('metadata.'))).toEqual([
    'metadata.accuracy',
    'metadata.data',
    'metadata.data.rows',
  ])
})

const order = ['value', 'part', 'secret', 'blank']
