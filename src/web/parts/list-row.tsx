import { Table } from '@mantine/core'
import { memo, type ReactNode, type Ref } from 'react'

export interface Column<Item> {
  readonly heading: string
  /** In place of the heading. */
  readonly head?: ReactNode
  /** How the list is sorted by it, where it may be. */
  readonly sorted?: 'ascending' | 'descending' | 'none'
  readonly cell: (item: Item) => ReactNode
  /**
   * Where it stands when the list is narrow and a row becomes a card: on the card's first line, or else on its second,
   * after its heading where the value alone does not say what it is.
   */
  readonly card?: 'tick' | 'name' | 'mark' | 'menu' | 'headed'
}

interface Row<Item> {
  readonly item: Item
  readonly columns: readonly Column<Item>[]
  /** From 0. */
  readonly index: number
  /** Its number among all rows, the head's being 1: told where not all of them are in the document. */
  readonly rowIndex?: number
  readonly ref?: Ref<HTMLTableRowElement>
}

function PlainRow<Item>({ item, columns, index, rowIndex, ref }: Row<Item>) {
  return (
    <Table.Tr ref={ref} role="row" tabIndex={-1} data-row data-index={index} aria-rowindex={rowIndex}>
      {columns.map(({ heading, cell, card }) => (
        <Table.Td key={heading} role="cell" data-card={card} data-heading={heading}>
          {cell(item)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

/** Drawn again when its item, the columns or its place change, and not when the window only scrolls. */
export const ListRow = memo(PlainRow) as typeof PlainRow
