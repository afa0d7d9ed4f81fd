import { Table } from '@mantine/core'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { ListRow, type Column } from './list-row.tsx'

const rowHeightGuess = 48
const rowsBeyondWindow = 12
/** What stands above the rows while the window is scrolled. */
const headerPx = 56

/** The rows near the window, with room left for the others; whatever has the focus stays, with its neighbours. */
export function VirtualRows<Item>({
  items,
  columns,
  keyOf,
  firstRow,
  heights,
}: {
  readonly items: readonly Item[]
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly firstRow: number | undefined
  /** Of the first rows, as they were when all of them were in the document: nothing jumps when they leave it. */
  readonly heights: RefObject<readonly number[]>
}) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    if (body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const [focused, setFocused] = useState<string>()
  const focusedIndex = useMemo(
    () => (focused === undefined ? -1 : items.findIndex((item) => keyOf(item) === focused)),
    [items, keyOf, focused],
  )
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: (index) => heights.current[index] ?? heights.current.at(-1) ?? rowHeightGuess,
    overscan: rowsBeyondWindow,
    scrollMargin: top,
    scrollPaddingStart: headerPx,
    getItemKey: useCallback((index: number) => keyOf(items[index]!), [items, keyOf]),
    rangeExtractor: (range) => withNeighbours(defaultRangeExtractor(range), focusedIndex, items.length),
  })
  useEffect(() => {
    if (firstRow === undefined) return undefined
    // Behind what the router remembers of the window: rows that were not drawn yet have other heights than it had.
    const frame = requestAnimationFrame(() => rows.scrollToIndex(firstRow, { align: 'start' }))
    return () => cancelAnimationFrame(frame)
  }, [rows, firstRow])
  const shown = rows.getVirtualItems()
  const end = rows.getTotalSize() + top
  return (
    <Table.Tbody
      ref={body}
      role="rowgroup"
      onFocus={({ target }) => setFocused(keyAt(target, items, keyOf))}
      onBlur={() => setFocused(undefined)}
    >
      {shown.map(({ key, index, start }, at) => (
        <Fragment key={key}>
          <Room height={start - (shown[at - 1]?.end ?? top)} columns={columns.length} />
          <ListRow
            ref={rows.measureElement}
            item={items[index]!}
            columns={columns}
            index={index}
            rowIndex={index + 2}
          />
        </Fragment>
      ))}
      <Room height={end - (shown.at(-1)?.end ?? top)} columns={columns.length} />
    </Table.Tbody>
  )
}

/** Of rows that are not in the document. */
function Room({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    height > 0 && (
      <tr aria-hidden>
        <td colSpan={columns} style={{ height, padding: 0 }} />
      </tr>
    )
  )
}

function withNeighbours(range: readonly number[], index: number, count: number): number[] {
  const more = index < 0 ? [] : [index - 1, index, index + 1].filter((one) => one >= 0 && one < count)
  return [...new Set([...range, ...more])].toSorted((one, other) => one - other)
}

function keyAt<Item>(target: Element, items: readonly Item[], keyOf: (item: Item) => string): string | undefined {
  const index = target.closest<HTMLElement>('[data-row]')?.dataset['index']
  const item = index === undefined ? undefined : items[Number(index)]
  return item && keyOf(item)
}
