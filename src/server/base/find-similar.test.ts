import { expect, test } from 'vitest'
import { findSimilar } from './find-similar.ts'

const names = ['name', 'subject', 'event_author', 'event_type', '$nor', '$regex']

test.each([
  ['nme', 'name'],
  ['naem', 'name'],
  ['Name', 'name'],
  ['event_autor', 'event_author'],
  ['artifact', undefined],
  ['$rgex', '$regex'],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s probably means %s', (meant, name) => expect(findSimilar(meant, names)).toBe(name))
