import type { Command } from 'commander'
import type { GlobalOptions } from './client-for.ts'
import { bold, dim, prettyJson, print, printJson, printStyled } from './print.ts'

/** One line of a thing: its label, and what it says; null and empty lists are left out. */
export type Field = readonly [label: string, value: string | number | boolean | null | readonly string[]]

/** A thing with a heading and its fields, or as JSON. */
export function printThing(
  command: Command,
  thing: unknown,
  heading: readonly string[],
  fields: readonly Field[],
): void {
  if (wantsJson(command)) return printJson(thing)
  const [first = '', ...rest] = heading
  printStyled([bold(first), ...rest.map((part) => bold(part))].join('  '))
  const told = fields.flatMap(([label, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '')
    return text === '' ? [] : [[label, text] as const]
  })
  const width = Math.max(0, ...told.map(([label]) => label.length))
  for (const [label, text] of told)
    print(`${label.padEnd(width)}  ${text.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`)
}

/** What was done, in a line; or the thing as JSON. */
export function printDone(command: Command, thing: unknown, line: string): void {
  if (wantsJson(command)) printJson(thing ?? {})
  else print(line)
}

/** A JSON text below its label, indented. */
export function printBlock(label: string, json: string): void {
  printStyled(`\n${dim(label)}`)
  print(prettyJson(json).replaceAll(/^/gm, '  '))
}

export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<GlobalOptions>().json === true
}
