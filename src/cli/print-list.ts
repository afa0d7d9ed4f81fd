import type { Command } from 'commander'
import { everyItem } from '../sdk/every-item.ts'
import type { GlobalOptions } from './client-for.ts'
import { print, printJson, printTable, type Column } from './print.ts'
import { readLimit } from './read-option.ts'

interface ListOptions extends GlobalOptions {
  readonly limit: number
  readonly cursor?: string
  readonly all?: true
}

type FetchPage<Item> = (query: {
  limit: number
  cursor?: string
}) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>

const pageItemsMax = 100

export function addListOptions(command: Command): Command {
  return command
    .option('--limit <n>', 'how many', readLimit, 20)
    .option('--cursor <cursor>', 'what the page before named')
    .option('--all', 'every one, page after page')
}

/** A page as a table or as JSON; with --all every item, as a long table or as JSON lines. */
export async function printList<Item>(
  command: Command,
  fetchPage: FetchPage<Item>,
  { columns, whenEmpty }: { readonly columns: readonly Column<Item>[]; readonly whenEmpty: string },
): Promise<void> {
  const { limit, cursor, all, json } = command.optsWithGlobals<ListOptions>()
  if (all === true) return printAll()

  const page = await fetchPage({ limit, ...(cursor === undefined ? {} : { cursor }) })
  if (json === true) return printJson(page)
  if (page.items.length > 0) printTable(page.items, columns)
  // A search that was not finished is not empty yet.
  else print(page.next === null ? whenEmpty : 'None so far.')
  if (page.next !== null) print(`more: --cursor ${page.next}`)

  async function printAll(): Promise<void> {
    const items = everyItem((next) =>
      fetchPage({ limit: pageItemsMax, ...(next === undefined ? {} : { cursor: next }) }),
    )
    let printed = 0
    let rows: Item[] = []
    const flush = (): void => {
      if (rows.length > 0) printTable(rows, columns, { heading: printed === 0 })
      printed += rows.length
      rows = []
    }
    for await (const item of items)
      if (json === true) printJson(item)
      else if (rows.push(item) === pageItemsMax) flush()
    if (json === true) return
    flush()
    if (printed === 0) print(whenEmpty)
  }
}
