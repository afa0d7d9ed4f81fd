import type { Statement } from './database.ts'

/** Column names and their SQL types; the first column is never null in a real row. */
export type RowColumns = readonly (readonly [name: string, type: string])[]

/**
 * Many rows in one prepared statement. A statement has a fixed number of rows, so the sizes are few (1, 8, 64, 256) and
 * a batch is padded with empty rows up to the next: prepared multi-row VALUES is four times as fast as arrays unnested,
 * and loses that lead when it is not prepared.
 */
export interface MultiRowTable {
  readonly table: string
  readonly columns: RowColumns
  /** Further columns, whose value the database makes of the row `v`. */
  readonly derived?: readonly (readonly [name: string, expression: string])[]
}

export const rowsPerStatement = 256
const sizes = [1, 8, 64, rowsPerStatement] as const

export interface RowBatch {
  readonly of: MultiRowTable
  readonly rows: readonly (readonly unknown[])[]
}

/** One row that is read first, and columns whose value is made with it. */
export interface Given {
  readonly name: string
  /** An expression of `$1` to `$n`, which the columns' expressions call `given.value`. */
  readonly expression: string
  readonly values: readonly unknown[]
  /** By column, made of the row `v`. */
  readonly columns: Readonly<Record<string, string>>
}

/** One statement that inserts all batches, each of at most `rowsPerStatement` rows; empty batches are left out. */
export function insertStatement(
  batches: readonly RowBatch[],
  given?: Given,
): { statement: Statement; values: unknown[] } | undefined {
  const filled = batches
    .filter((batch) => batch.rows.length > 0)
    .map((batch) => ({ ...batch, size: sizeFor(batch.rows.length) }))
  if (filled.length === 0) return undefined
  const names = filled.map(({ of, size }) => `${of.table} ${size}`)
  const name = ['insert', ...(given === undefined ? [] : [given.name]), ...names].join(' ')
  const values = [...(given?.values ?? [])]
  for (const { rows, size } of filled) pushPadded(values, rows, size)
  return { statement: statementFor(name, filled, given), values }
}

/** Appends the cells of the rows, and empty rows up to `size`. */
export function pushPadded(values: unknown[], rows: readonly (readonly unknown[])[], size: number): void {
  for (const row of rows) values.push(...row)
  for (let empty = (size - rows.length) * (rows[0]?.length ?? 0); empty > 0; empty--) values.push(null)
}

/** `size` rows of parameters from `$first` on, called `v`; those that are empty have no first column. */
export function valuesOf(columns: RowColumns, size: number, first: number): string {
  let parameter = first
  const rows = Array.from({ length: size }, (_, row) => {
    const cells = columns.map(([, type]) => (row === 0 ? `$${parameter++}::${type}` : `$${parameter++}`))
    return `(${cells.join(', ')})`
  })
  return `(values ${rows.join(', ')}) as v(${columns.map(([column]) => column).join(', ')})`
}

const statements = new Map<string, Statement>()

function statementFor(name: string, batches: readonly { of: MultiRowTable; size: number }[], given?: Given): Statement {
  const known = statements.get(name)
  if (known !== undefined) return known
  let parameter = 1 + (given?.values.length ?? 0)
  const inserts = batches.map(({ of, size }) => {
    const derived = of.derived ?? []
    const allNames = [...of.columns, ...derived].map(([column]) => column).join(', ')
    const own = given === undefined ? ['v.*'] : of.columns.map(([column]) => given.columns[column] ?? `v.${column}`)
    const all = [...own, ...derived.map(([, expression]) => expression)].join(', ')
    const from = [valuesOf(of.columns, size, parameter), ...(given === undefined ? [] : ['given'])].join(', ')
    parameter += size * of.columns.length
    return `insert into ${of.table}(${allNames}) select ${all} from ${from} where v.${of.columns[0]![0]} is not null`
  })
  const before = inserts.slice(0, -1).map((insert, index) => `i${index} as (${insert})`)
  if (given !== undefined) before.unshift(`given as (select ${given.expression} as value)`)
  const statement = { name, text: `${before.length > 0 ? `with ${before.join(', ')} ` : ''}${inserts.at(-1)!}` }
  statements.set(name, statement)
  return statement
}

export function sizeFor(rows: number): number {
  const size = sizes.find((candidate) => candidate >= rows)
  if (size === undefined) throw new Error(`a batch of ${rows} rows is over ${rowsPerStatement}`)
  return size
}
