import type { Mistake } from '../../contract/problem.ts'
import { limits } from '../base/limits.ts'
import { makeJsonGrammar, type JsonToken } from './json-grammar.ts'
import { positionsIn } from './positions-in.ts'
import { readSlot } from './read-slot.ts'
import type { Position, Slot, Template } from './template.ts'

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/**
 * Parses a payload template: JSON in which `${…}` may stand inside quotes or, unquoted, as a whole value. All mistakes
 * are answered at once, in the order of their places, at most `mistakesMax`; of the JSON itself only the first.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const refusal = refuseText(text)
  if (refusal !== undefined) return { ok: false, mistakes: [refusal] }
  if (/^[ \t\r\n]*$/.test(text)) return { ok: true, template: emptyTemplate }
  const { parts, mistakes } = new TemplateReader(text).read()
  if (mistakes.length > 0) return { ok: false, mistakes: mistakes.slice(0, limits.mistakesMax) }
  const json = text.trimStart().startsWith('{') ? 'object' : 'value'
  const slots = parts.filter((part) => typeof part !== 'string')
  return { ok: true, template: { parts, slots, json, isJsonObjectAsText: json === 'object' && isJson(text) } }
}

const emptyTemplate: Template = { parts: [], slots: [], json: 'object', isJsonObjectAsText: true }

function refuseText(text: string): Mistake | undefined {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > limits.templateBytesMax)
    return { detail: `${kilobytes(bytes)} is over the limit of ${kilobytes(limits.templateBytesMax)}.` }
  if (text.startsWith('\ufeff'))
    return { line: 1, column: 1, detail: 'The text starts with a byte order mark, which is no JSON. Remove it.' }
  const lone = /[\ud800-\udfff]/u.exec(text)
  if (lone !== null)
    return {
      ...positionsIn(text)(lone.index),
      detail: 'Half of a character stands here (a lone surrogate). Remove it.',
    }
  return undefined
}

class TemplateReader {
  readonly #text: string
  readonly #positionOf: ReturnType<typeof positionsIn>
  readonly #grammar = makeJsonGrammar()
  readonly #parts: (string | Slot)[] = []
  readonly #mistakes: (Mistake & Position)[] = []
  #isJson = true
  #at = 0
  /** Text read since the last slot, but for what stands between `#from` and `#at`. */
  #pending = ''
  #from = 0

  constructor(text: string) {
    this.#text = text
    this.#positionOf = positionsIn(text)
  }

  read(): { readonly parts: readonly (string | Slot)[]; readonly mistakes: readonly Mistake[] } {
    while (this.#at < this.#text.length && this.#mistakes.length < limits.mistakesMax) {
      const char = this.#text[this.#at]!
      if (' \t\r\n'.includes(char)) this.#at += 1
      else if (char === '"') this.#readText()
      else if (this.#text.startsWith('${', this.#at)) this.#readSlot('value')
      else if ('{}[],:'.includes(char)) this.#take(char as JsonToken, 1)
      else this.#readLiteral()
    }
    const missing = this.#grammar.finish()
    if (this.#isJson && this.#mistakes.length === 0 && missing !== undefined) this.#complain(this.#text.length, missing)
    this.#flush()
    return { parts: this.#parts, mistakes: this.#mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column) }
  }

  #readText(): void {
    const start = this.#at
    const place = this.#grammar.expectsKey() ? 'key' : 'string'
    const partsBefore = this.#parts.length
    this.#at += 1
    for (;;) {
      this.#at += lengthAt(plainText, this.#text, this.#at)
      const char = this.#text[this.#at]
      if (char === '"') break
      if (char === undefined || char === '\n' || char === '\r') {
        this.#complainOfJson(start, 'This text is never closed. Add `"`.')
        return
      }
      if (char === '\\') this.#readEscape()
      else if (this.#text.startsWith('$${', this.#at)) this.#readLiteralBrace()
      else if (this.#text.startsWith('${', this.#at)) this.#readSlot(place)
      else {
        if (char !== '$') this.#complain(this.#at, `A control character stands here. Write \`${escapeOf(char)}\`.`)
        this.#at += 1
      }
    }
    const isPlain = this.#parts.length === partsBefore
    const raw = this.#text.slice(start, this.#at + 1)
    const key = place === 'key' && isPlain && isJson(raw) ? (JSON.parse(raw) as string) : undefined
    const mistake = this.#isJson ? this.#grammar.take('text', key) : undefined
    if (mistake !== undefined) this.#complainOfJson(start, mistake)
    this.#at += 1
  }

  #readEscape(): void {
    const length = lengthAt(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y, this.#text, this.#at)
    if (length === 0) {
      const char = this.#text[this.#at + 1] ?? ''
      const advice = char === '$' ? 'Write `$${` for a literal `${`.' : 'Write `\\\\` for a backslash.'
      this.#complain(this.#at, `\`\\${char}\` is no JSON escape. ${advice}`)
    }
    this.#at += Math.max(1, length)
  }

  #readLiteralBrace(): void {
    this.#pending += `${this.#text.slice(this.#from, this.#at)}\${`
    this.#at += '$${'.length
    this.#from = this.#at
  }

  #readSlot(place: Slot['place']): void {
    const start = this.#at
    this.#flush()
    const read = readSlot(this.#text, start, place !== 'value')
    this.#at = read.end
    this.#from = read.end
    if ('slot' in read) this.#parts.push({ ...read.slot, place, start, end: read.end, ...this.#positionOf(start) })
    else this.#complain(start, read.mistake)
    const misplaced = place === 'value' && this.#isJson ? this.#grammar.take('slot') : undefined
    if (misplaced !== undefined) this.#complainOfJson(start, misplaced)
  }

  #readLiteral(): void {
    const bare = lengthAt(/\$\w+/y, this.#text, this.#at)
    const length = bare > 0 ? bare : Math.max(1, lengthAt(/[^\s{}[\],:"$]+/y, this.#text, this.#at))
    const word = this.#text.slice(this.#at, this.#at + length)
    if (/^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/.test(word))
      return this.#take('literal', length)
    if (bare > 0)
      this.#complainOfJson(
        this.#at,
        `\`${word}\` without braces counts only inside quotes. Write \`\${${word.slice(1)}}\`.`,
      )
    else this.#complainOfJson(this.#at, `\`${word.slice(0, 30)}\` is no JSON. A text stands in quotes.`)
    this.#at += length
  }

  #take(token: JsonToken, length: number): void {
    const mistake = this.#isJson ? this.#grammar.take(token) : undefined
    if (mistake !== undefined) this.#complainOfJson(this.#at, mistake)
    this.#at += length
  }

  #flush(): void {
    const text = this.#pending + this.#text.slice(this.#from, this.#at)
    if (text !== '') this.#parts.push(text)
    this.#pending = ''
    this.#from = this.#at
  }

  /** After the first mistake in the JSON the rest cannot be judged, so only slots are still looked at. */
  #complainOfJson(offset: number, detail: string): void {
    if (this.#isJson) this.#complain(offset, detail)
    this.#isJson = false
  }

  #complain(offset: number, detail: string): void {
    this.#mistakes.push({ ...this.#positionOf(offset), detail })
  }
}

/** From blank on, without quote, dollar and backslash. */
const plainText = /[ !#%-[\]-\uffff]*/y

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

function escapeOf(char: string): string {
  return JSON.stringify(char).slice(1, -1)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`
}
