import { Button, Center, ScrollArea, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { itemsOf, type Pages } from '../api/pages.ts'
import { Awaited } from './awaited.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

export interface Column<Item> {
  readonly heading: string
  /** In place of the heading. */
  readonly head?: ReactNode
  readonly cell: (item: Item) => ReactNode
  /**
   * Where it stands when the list is narrow and a row becomes a card: on the card's first line, or else on its second,
   * after its heading where the value alone does not say what it is.
   */
  readonly card?: 'tick' | 'name' | 'mark' | 'menu' | 'headed'
}

const rowsAwaited = [36, 36, 36, 36, 36]

/** A list in its four states: loading, refused, empty and full. The last page ends it; nothing is counted. */
export function Listing<Item>({
  label,
  pages,
  columns,
  keyOf,
  whenEmpty,
}: {
  readonly label: string
  readonly pages: Pages<Item>
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly whenEmpty: ReactNode
}) {
  const text = useText()
  if (pages.isPending && pages.fetchStatus !== 'idle') return <Awaited heights={rowsAwaited} />
  if (pages.isError) return <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
  const items = itemsOf(pages)
  if (items.length === 0) return <>{whenEmpty}</>
  return (
    <>
      <ScrollArea className="listing" type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        {/* The roles are told: laid out as cards, the elements lose their own. */}
        <Table verticalSpacing="xs" highlightOnHover role="table">
          <Table.Thead role="rowgroup">
            <Table.Tr role="row">
              {columns.map(({ heading, head = heading }) => (
                <Table.Th key={heading} scope="col" role="columnheader">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody role="rowgroup">
            {items.map((item) => (
              <Table.Tr key={keyOf(item)} role="row" tabIndex={-1} data-row>
                {columns.map(({ heading, cell, card }) => (
                  <Table.Td key={heading} role="cell" data-card={card} data-heading={heading}>
                    {cell(item)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {pages.hasNextPage && (
        <Center py="md">
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text.common.more}
          </Button>
        </Center>
      )}
    </>
  )
}
