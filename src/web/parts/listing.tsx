import { Button, Center, Loader, ScrollArea, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { itemsOf, type Pages } from '../api/pages.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

export interface Column<Item> {
  readonly heading: string
  /** In place of the heading. */
  readonly head?: ReactNode
  readonly cell: (item: Item) => ReactNode
}

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
  if (pages.isPending && pages.fetchStatus !== 'idle')
    return (
      <Center py={48}>
        <Loader role="status" aria-label={text.common.loading} />
      </Center>
    )
  if (pages.isError) return <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
  const items = itemsOf(pages)
  if (items.length === 0) return <>{whenEmpty}</>
  return (
    <>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
        <Table verticalSpacing="xs" highlightOnHover miw={640}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ heading, head = heading }) => (
                <Table.Th key={heading} scope="col">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={keyOf(item)}>
                {columns.map(({ heading, cell }) => (
                  <Table.Td key={heading}>{cell(item)}</Table.Td>
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
