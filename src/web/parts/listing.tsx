import { ScrollArea, Table } from '@mantine/core'
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { itemsOf, type Pages } from '../api/pages.ts'
import { Awaited } from './awaited.tsx'
import { ListRow, type Column } from './list-row.tsx'
import { LoadMore } from './load-more.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useFrozenWidths } from './use-frozen-widths.ts'
import { VirtualRows } from './virtual-rows.tsx'

const rowsAwaited = [36, 36, 36, 36, 36]
/** Of more rows only those near the window are in the document. */
const plainRowsMax = 200

/** A list in its four states: loading, refused, empty and full. The last page ends it; nothing is counted. */
export function Listing<Item>({
  label,
  pages,
  columns,
  keyOf,
  whenEmpty,
  firstRow,
}: {
  readonly label: string
  readonly pages: Pages<Item>
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly whenEmpty: ReactNode
  /** The one that the window is to begin with, when it is there at first. */
  readonly firstRow?: number | undefined
}) {
  const { data } = pages
  const items = useMemo(() => itemsOf({ data }), [data])
  const isVirtual = items.length > plainRowsMax
  const head = useRef<HTMLTableRowElement>(null)
  const widths = useFrozenWidths(head, isVirtual)
  const body = useRef<HTMLTableSectionElement>(null)
  const heights = useRef<readonly number[]>([])
  useLayoutEffect(() => {
    if (body.current !== null) heights.current = [...body.current.rows].map((row) => row.offsetHeight)
  }, [items])
  useEffect(() => {
    if (firstRow === undefined || isVirtual) return undefined
    // Behind what the router remembers of the window.
    const frame = requestAnimationFrame(() => body.current?.rows[firstRow]?.scrollIntoView({ block: 'start' }))
    return () => cancelAnimationFrame(frame)
  }, [firstRow, isVirtual])
  if (pages.isPending && pages.fetchStatus !== 'idle') return <Awaited heights={rowsAwaited} />
  if (pages.isError && data === undefined)
    return <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
  if (items.length === 0 && !pages.hasNextPage) return <>{whenEmpty}</>
  return (
    <>
      <ScrollArea className="listing" type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        {/* The roles are told: laid out as cards, the elements lose their own. */}
        <Table
          verticalSpacing="xs"
          highlightOnHover
          role="table"
          aria-rowcount={isVirtual ? (pages.hasNextPage ? -1 : items.length + 1) : undefined}
          style={widths && { tableLayout: 'fixed' }}
        >
          <Table.Thead role="rowgroup">
            <Table.Tr ref={head} role="row" aria-rowindex={isVirtual ? 1 : undefined}>
              {columns.map(({ heading, head: inPlace = heading, sorted }, index) => (
                <Table.Th
                  key={heading}
                  scope="col"
                  role="columnheader"
                  aria-sort={sorted}
                  style={widths && { width: widths[index] }}
                >
                  {inPlace}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {isVirtual ? (
            <VirtualRows items={items} columns={columns} keyOf={keyOf} firstRow={firstRow} heights={heights} />
          ) : (
            <Table.Tbody ref={body} role="rowgroup">
              {items.map((item, index) => (
                <ListRow key={keyOf(item)} item={item} columns={columns} index={index} />
              ))}
            </Table.Tbody>
          )}
        </Table>
      </ScrollArea>
      {pages.isError ? (
        <ProblemAlert error={pages.error} onRetry={() => void pages.fetchNextPage()} />
      ) : (
        pages.hasNextPage && <LoadMore isBusy={pages.isFetchingNextPage} onMore={() => void pages.fetchNextPage()} />
      )}
    </>
  )
}
