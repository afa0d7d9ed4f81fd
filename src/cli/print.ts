import { plain } from './plain.ts'
import { mayColor } from './settings.ts'

export function print(text: string): void {
  process.stdout.write(`${plain(text)}\n`)
}

/** For a person, past whatever reads the output. */
export function printAside(text: string): void {
  process.stderr.write(`${plain(text)}\n`)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Prints a text that is styled already: every piece from outside went through `plain`. */
export function printStyled(text: string): void {
  process.stdout.write(`${text}\n`)
}

export type Column<Row> = readonly [heading: string, cell: (row: Row) => string | number | null]

/** Aligned columns; `-` stands for nothing. */
export function printTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { heading = true }: { readonly heading?: boolean } = {},
): void {
  const cells = rows.map((row) => columns.map(([, cell]) => oneLine(String(cell(row) ?? '-')) || '-'))
  const widths = columns.map(([name], index) => Math.max(name.length, ...cells.map((line) => line[index]!.length)))
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => text.padEnd(widths[index]!))
      .join('  ')
      .trimEnd()
  if (heading) printStyled(bold(line(columns.map(([name]) => name.toUpperCase()))))
  for (const row of cells) printStyled(line(row))
}

/** `2 m ago`, `in 3 h`: for people; the exact instant stands in --json. */
export function relativeTime(iso: string, now: Date): string {
  const seconds = Math.round((new Date(iso).getTime() - now.getTime()) / 1000)
  const text = spellSeconds(Math.abs(seconds))
  return seconds > 0 ? `in ${text}` : `${text} ago`
}

function spellSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.round(seconds / 60)} m`
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} d`
}

/** JSON with indentation where it is JSON, else as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

export function bold(text: string): string {
  return style(1, text)
}

export function dim(text: string): string {
  return style(2, text)
}

function style(code: number, text: string): string {
  return mayColor() ? `\u001b[${code}m${plain(text)}\u001b[22m` : plain(text)
}

function oneLine(text: string): string {
  return plain(text).replaceAll('\n', '\u240a').replaceAll('\t', ' ')
}
