import { escapeJsonText } from './json-text.ts'
import type { PathStep, Slot, SlotExpression, Template } from './template.ts'

/** The template's text again: to parse what was printed gives the same template, but for positions. */
export function printTemplate(template: Template): string {
  return template.parts
    .map((part) => (typeof part === 'string' ? part.replaceAll('${', () => '$${') : printSlot(part)))
    .join('')
}

/** As it stands in the template; inside quotes it is escaped, so that quotes around it stay JSON. */
export function printSlot(slot: Slot): string {
  const { name, path } = slot
  if (slot.place === 'value') return describeSlot(slot)
  const start = escapeJsonText(describeSlot({ name, path }).slice(0, -1))
  return `${start}${slot.default === undefined ? '' : `:-${printDefault(slot.default)}`}}`
}

/** As a person would write it, outside of quotes. */
export function describeSlot({ name, path, default: byDefault }: SlotExpression): string {
  return `\${${name}${describePath(path)}${byDefault === undefined ? '' : `:-${byDefault}`}}`
}

export function describePath(path: readonly PathStep[]): string {
  return path
    .map((step) =>
      'index' in step ? `[${step.index}]` : step.exact ? `[${JSON.stringify(step.key)}]` : `.${step.key}`,
    )
    .join('')
}

/** Braces may be unbalanced once they are escaped. */
function printDefault(text: string): string {
  return escapeJsonText(text).replace(/[{}]/g, (brace) => (brace === '{' ? '\\u007b' : '\\u007d'))
}
