import { Button, Group, Paper, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useText } from './use-text.ts'

export interface Rows {
  readonly headings: readonly string[]
  readonly rows: readonly (readonly [when: string, ...cells: string[]])[]
}

/** A title, a sentence, and a picture or the same as a table, whichever the reader looked at last. */
export function Figure({
  title,
  sentence,
  note,
  picture,
  table,
  legend,
}: {
  readonly title: string
  readonly sentence: string
  /** What the picture does not show. */
  readonly note: ReactNode
  readonly picture: ReactNode
  readonly table: Rows
  readonly legend?: ReactNode
}) {
  const text = useText()
  const [asTable, setAsTable] = useLocalStorage({
    key: 'signalbox-as-table',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{title}</Title>
          <Button variant="subtle" size="compact-sm" onClick={() => setAsTable(!asTable)}>
            {asTable ? text.pictures.asChart : text.pictures.asTable}
          </Button>
        </Group>
        <Text size="sm">{sentence}</Text>
        {note}
        {asTable ? <AsTable title={title} {...table} /> : picture}
        {legend}
      </Stack>
    </Paper>
  )
}

function AsTable({ title, headings, rows }: Rows & { readonly title: string }) {
  return (
    <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading) => (
              <Table.Th key={heading} scope="col">
                {heading}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(([when, ...cells]) => (
            <Table.Tr key={when}>
              <Table.Td>{when}</Table.Td>
              {cells.map((cell, index) => (
                <Table.Td key={headings[index + 1]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
