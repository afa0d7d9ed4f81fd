import { describe, expect, test } from 'vitest'
import {
  freshRows,
  isApart,
  withCurrent,
  withNewest,
  type Loaded,
  type LoadedPage,
} from '../../src/web/api/loaded-pages.ts'

interface Row {
  readonly id: string
  readonly state: string
}

const row = (number: number, state = 'sent'): Row => ({ id: `aud_${number}`, state })
const rowsFrom = (newest: number, oldest: number): Row[] =>
  Array.from({ length: newest - oldest + 1 }, (_, index) => row(newest - index))
const page = (items: readonly Row[], next: string | null = items.at(-1)!.id): LoadedPage<Row> => ({ items, next })
const loadedOf = (...pages: LoadedPage<Row>[]): Loaded<Row> => ({ pages, pageParams: pages.map(() => undefined) })
const idsOf = ({ pages }: Loaded<Row>) => pages.map(({ items }) => items.map(({ id }) => id.replace('aud_', '')))

describe('the newest page', () => {
  test('comes in the place of what was loaded of its time, and leaves the rest as it is', () => {
    const loaded = loadedOf(page(rowsFrom(10, 8)), page(rowsFrom(7, 5)))
    const newest = page(rowsFrom(12, 9))
    expect(freshRows(loaded, newest).map(({ id }) => id)).toEqual(['aud_12', 'aud_11'])
    const merged = withNewest(loaded, newest)
    expect(idsOf(merged)).toEqual([
      ['12', '11', '10', '9', '8'],
      ['7', '6', '5'],
    ])
    expect(merged.pages[0]!.next).toBe('aud_8')
    expect(withNewest(merged, newest)).toBe(merged)
    expect(freshRows(merged, newest)).toEqual([])
  })

  test('brings rows that passed the filter late to their place, and takes those that pass it no more', () => {
    const loaded = loadedOf(page([row(10), row(8), row(6)]), page([row(4)]))
    const newest = page([row(10), row(9), row(6)])
    expect(freshRows(loaded, newest).map(({ id }) => id)).toEqual(['aud_9'])
    expect(idsOf(withNewest(loaded, newest))).toEqual([['10', '9', '6'], ['4']])
  })

  test('stands alone where rows may be missing between it and what was loaded, and where it is all there is', () => {
    const loaded = loadedOf(page(rowsFrom(10, 8)), page(rowsFrom(7, 5)))
    const later = page(rowsFrom(30, 20))
    expect(isApart(loaded, later)).toBe(true)
    expect(idsOf(withNewest(loaded, later))).toEqual([rowsFrom(30, 20).map(({ id }) => id.replace('aud_', ''))])
    expect(isApart(loaded, page(rowsFrom(30, 10)))).toBe(false)
    expect(idsOf(withNewest(loaded, page([], null)))).toEqual([[]])
  })

  test('that has looked at much and found nothing yet changes nothing', () => {
    const loaded = loadedOf(page(rowsFrom(10, 8)))
    expect(withNewest(loaded, { items: [], next: 'aud_9' })).toBe(loaded)
  })
})

test('rows become current at their place: none comes, goes or moves, and pages without them are the same', () => {
  const loaded = loadedOf(page([row(10, 'waiting'), row(9)]), page([row(8)]))
  const current = withCurrent(loaded, ({ id }) => (id === 'aud_10' ? row(10, 'failed') : undefined))
  expect(current.pages[0]!.items).toEqual([row(10, 'failed'), row(9)])
  expect(current.pages[1]).toBe(loaded.pages[1])
  expect(withCurrent(loaded, () => undefined)).toBe(loaded)
})
