import { expect, test } from 'vitest'
import { keyOf, readKeys } from '../../src/web/keys/shortcuts.ts'

test.each([
  ['j', 'down'],
  ['g', 'started'],
  ['g o', 'overview'],
  ['g x', undefined],
  ['o', undefined],
  ['J', undefined],
  ['g o o', undefined],
])('the keys %s are %s', (keys, meant) => {
  expect(readKeys(keys.split(' '))).toBe(meant)
})

test.each([
  [{ key: 'g', code: 'KeyG' }, 'g'],
  [{ key: 'ㅎ', code: 'KeyG' }, 'g'],
  [{ key: 'Process', code: 'KeyG' }, 'g'],
  [{ key: 'g', code: 'KeyI' }, 'g'],
  [{ key: '?', code: 'Slash' }, '?'],
  [{ key: 'Enter', code: 'Enter' }, 'Enter'],
])('the key of %j is %s, whatever the keyboard types', (pressed, key) => {
  expect(keyOf(pressed)).toBe(key)
})
