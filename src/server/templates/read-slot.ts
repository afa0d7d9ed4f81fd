import { limits } from '../base/limits.ts'
import type { PathStep, SlotExpression } from './template.ts'

export type SlotRead = ({ readonly slot: SlotExpression } | { readonly mistake: string }) & { readonly end: number }

/**
 * Reads the slot whose `${` stands at `start`. Inside a JSON string the source is unescaped first, so that
 * `"${metadata[\"a.b\"]}"`, which is JSON, and `"${metadata["a.b"]}"`, which is not, say the same. `end` is where
 * reading goes on, also after a mistake: nothing is read twice, so that a text full of mistakes costs linear time.
 */
export function readSlot(text: string, start: number, inString: boolean): SlotRead {
  const { source, end, closed } = readSource(text, start + 2, inString)
  if (!closed) return { mistake: `\`\${${/^[\w.]*/.exec(source)![0]}\` is never closed. Add \`}\`.`, end }
  const slot = parseExpression(source)
  return typeof slot === 'string' ? { mistake: slot, end } : { slot, end }
}

/** Braces of a default must balance, except those that are escaped or inside the texts of unquoted JSON. */
function readSource(text: string, from: number, inString: boolean) {
  let source = ''
  let before = ''
  let braces = 0
  let quoted = false
  let inDefault = false
  let at = from
  while (at < text.length) {
    const raw = text[at]!
    if (inString ? raw < ' ' : !inDefault && (raw === '\n' || raw === '\r')) break
    const { char, length } = readChar(text, at, inString)
    const isEscaped = length > 1
    if (quoted && char === '\\' && at + length < text.length) {
      const next = readChar(text, at + length, inString)
      source += char + next.char
      before = ''
      at += length + next.length
      continue
    }
    if (char === '"') {
      const opensKey = !inDefault && before === '['
      if (inString && !isEscaped && !quoted && !opensKey) break
      quoted = !quoted && (opensKey || (inDefault && !inString))
    } else if (!isEscaped && !quoted) {
      if (char === '}' && braces === 0) return { source, end: at + 1, closed: true }
      if (char === '{') braces += 1
      if (char === '}') braces -= 1
    }
    if (!quoted && before === ':' && char === '-') inDefault = true
    source += char
    before = char
    at += length
  }
  return { source, end: at, closed: false }
}

/** Inside a JSON string an escape is one character. */
function readChar(text: string, at: number, inString: boolean): { readonly char: string; readonly length: number } {
  if (inString && text[at] === '\\') {
    jsonEscape.lastIndex = at
    const escape = jsonEscape.exec(text)?.[0]
    if (escape !== undefined) return { char: JSON.parse(`"${escape}"`) as string, length: escape.length }
  }
  return { char: text[at]!, length: 1 }
}

const jsonEscape = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/y

/** The expression, or the mistake in it. */
function parseExpression(source: string): SlotExpression | string {
  if (source === '') return '`${}` is empty. Name a variable, or write `$${` for a literal `${`.'
  if (source.includes('${')) return 'A `${…}` cannot stand inside another: values are not expanded again.'
  const name = /^\w+/.exec(source)?.[0]
  if (name === undefined) return `${shown(source)} does not start with a name of letters, digits and _, without blanks.`
  const path: PathStep[] = []
  let rest = source.slice(name.length)
  while (rest !== '') {
    if (rest.startsWith(':-')) return { name, path, default: rest.slice(2) }
    const step = readStep(rest)
    if (step === undefined)
      return `${shown(source)}: after the name may come \`.key\`, \`["key"]\`, \`[0]\` or \`:-default\`, but not ${shownText(rest)}.`
    if (path.length === limits.templatePathStepsMax)
      return `The path of \`\${${name}…}\` has more than ${limits.templatePathStepsMax} steps.`
    path.push(step.step)
    rest = rest.slice(step.length)
  }
  return { name, path }
}

function readStep(rest: string): { readonly step: PathStep; readonly length: number } | undefined {
  const dotted = /^\.((?:(?!:-)[^.[\]{}"])+)/.exec(rest)
  if (dotted !== null) return { step: { key: dotted[1]!, exact: false }, length: dotted[0].length }
  const index = /^\[(0|[1-9][0-9]{0,8})\]/.exec(rest)
  if (index !== null) return { step: { index: Number(index[1]) }, length: index[0].length }
  const exact = /^\[("(?:[^"\\]|\\.)*")\]/.exec(rest)
  const key = exact === null ? undefined : parseText(exact[1]!)
  return key === undefined ? undefined : { step: { key, exact: true }, length: exact![0].length }
}

function parseText(json: string): string | undefined {
  try {
    return JSON.parse(json) as string
  } catch {
    return undefined
  }
}

function shown(source: string): string {
  return source.length > 60 ? `\`\${${source.slice(0, 60)}…\`` : `\`\${${source}}\``
}

function shownText(text: string): string {
  return text.length > 20 ? `\`${text.slice(0, 20)}…\`` : `\`${text}\``
}
