import { mayColor } from './settings.ts'

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value))
}

export type Column<Row> = readonly [heading: string, cell: (row: Row) => string | number | null]

/** Aligned columns; `-` stands for nothing. */
export function printTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], whenEmpty: string): void {
  if (rows.length === 0) return print(whenEmpty)
  const cells = rows.map((row) => columns.map(([, cell]) => String(cell(row) ?? '-')))
  const widths = columns.map(([heading], index) =>
    Math.max(heading.length, ...cells.map((line) => line[index]!.length)),
  )
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => text.padEnd(widths[index]!))
      .join('  ')
      .trimEnd()
  print(bold(line(columns.map(([heading]) => heading.toUpperCase()))))
  for (const row of cells) print(line(row))
}

/** `2 m ago`, `in 3 h`: for people; the exact instant stands in --json. */
export function relativeTime(iso: string | null, now: Date): string | null {
  if (iso === null) return null
  const seconds = Math.round((new Date(iso).getTime() - now.getTime()) / 1000)
  const size = Math.abs(seconds)
  const text =
    size < 60
      ? `${size} s`
      : size < 3600
        ? `${Math.round(size / 60)} m`
        : size < 86_400
          ? `${Math.round(size / 3600)} h`
          : `${Math.round(size / 86_400)} d`
  return seconds > 0 ? `in ${text}` : `${text} ago`
}

export function bold(text: string): string {
  return mayColor() ? `\u001b[1m${text}\u001b[22m` : text
}

export function dim(text: string): string {
  return mayColor() ? `\u001b[2m${text}\u001b[22m` : text
}
