import type { Mistake } from '../../contract/problem.ts'

/** The name that the server thinks was meant; undefined where it has none to offer. */
export function suggestionIn({ detail }: Pick<Mistake, 'detail'>): string | undefined {
  return /did you mean [`“"]?\$?\{?([\w.]+)\}?[`”"]?/i.exec(detail)?.[1]
}

/** Where the slot of a mistake stands in the template: `${…}` with its braces, from a position on. */
export function slotAt(template: string, { line = 1, column = 1 }: Pick<Mistake, 'line' | 'column'>) {
  const before = template.split('\n').slice(0, line - 1)
  const from = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1
  const [slot] = /^\$\{[^}\n]*\}?/.exec(template.slice(from)) ?? []
  return slot === undefined ? undefined : { from, to: from + slot.length }
}

export function fixMistake(template: string, mistake: Mistake): string | undefined {
  const name = suggestionIn(mistake)
  const slot = slotAt(template, mistake)
  return name === undefined || slot === undefined
    ? undefined
    : `${template.slice(0, slot.from)}\${${name}}${template.slice(slot.to)}`
}
