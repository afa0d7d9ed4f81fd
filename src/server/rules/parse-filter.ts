import type { FieldSet } from '../../contract/event-types.ts'
import { filterOperators } from '../../contract/filter.ts'
import type { Mistake } from '../../contract/problem.ts'
import { findSimilar } from '../base/find-similar.ts'
import { limits } from '../base/limits.ts'
import { compilePattern } from './compile-pattern.ts'
import type { Clause, FieldClause, FieldTest, Filter, Ordered } from './filter.ts'
import { measureValue } from './measure-value.ts'

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/**
 * Parses a filter in MongoDB style against the fields of an event type. All mistakes are answered at once, at most
 * `mistakesMax`, each with the pointer of its place below `pointer`. `{}` and an empty `$and` let every event pass.
 */
export function parseFilter(json: unknown, fields: FieldSet, pointer = '#/filter'): ParsedFilter {
  const reader = new FilterReader(fields)
  const clauses = reader.readFilter(json, pointer, 1)
  return reader.mistakes.length === 0
    ? { ok: true, filter: { source: json, clauses } }
    : { ok: false, mistakes: reader.mistakes.slice(0, limits.mistakesMax) }
}

class FilterReader {
  readonly mistakes: Mistake[] = []
  readonly #fields: FieldSet
  #conditions = 0
  #items = 0
  #programSize = 0

  constructor(fields: FieldSet) {
    this.#fields = fields
  }

  readFilter(json: unknown, pointer: string, depth: number): readonly Clause[] {
    if (!isObject(json))
      return this.#refuse(pointer, 'A filter is a JSON object, for example `{"name": "evaluation.finished"}`.')
    if (depth > limits.filterDepthMax)
      return this.#refuse(pointer, `The filter is nested more than ${limits.filterDepthMax} deep.`)
    return this.#readMembers(json, pointer, (name, value, at) => this.#readClause(name, value, at, depth))
  }

  #readMembers<T>(
    json: object,
    pointer: string,
    read: (name: string, value: unknown, pointer: string) => T | undefined,
  ): readonly T[] {
    const members: T[] = []
    for (const [name, value] of Object.entries(json)) {
      const at = `${pointer}/${pointerStep(name)}`
      if (!this.#hasRoom(at)) break
      const member = read(name, value, at)
      if (member !== undefined) members.push(member)
    }
    return members
  }

  /** Counts one condition. Reading stops at the first over the limit, so the size of what is refused does not matter. */
  #hasRoom(pointer: string): boolean {
    this.#conditions += 1
    if (this.#conditions === limits.filterClausesMax + 1)
      this.#refuse(pointer, `The filter has more than ${limits.filterClausesMax} conditions.`)
    return this.#conditions <= limits.filterClausesMax && this.mistakes.length < limits.mistakesMax
  }

  #readClause(name: string, value: unknown, pointer: string, depth: number): Clause | undefined {
    switch (name) {
      case '$and':
      case '$or':
      case '$nor': {
        if (!Array.isArray(value)) return this.#refuseOne(pointer, `\`${name}\` takes a list of filters.`)
        if (name === '$or' && value.length === 0)
          return this.#refuseOne(pointer, 'An empty `$or` lets no event pass. Name at least one filter.')
        const filters: (readonly Clause[])[] = []
        for (const [index, one] of value.entries()) {
          const at = `${pointer}/${index}`
          if (!this.#hasRoom(at)) break
          filters.push(this.readFilter(one, at, depth + 1))
        }
        return { kind: name, filters }
      }
      case '$not':
        return { kind: name, clauses: this.readFilter(value, pointer, depth + 1) }
      default:
        return name.startsWith('$') ? this.#refuseOperator(name, pointer) : this.#readField(name, value, pointer, depth)
    }
  }

  #refuseOperator(name: string, pointer: string): undefined {
    if (isFieldOperator(name))
      return this.#refuseOne(pointer, `\`${name}\` stands inside a field: \`{"<field>": {"${name}": …}}\`.`)
    return this.#refuseOne(pointer, `\`${shorten(name)}\` is no operator.${didYouMean(name, filterOperators.logical)}`)
  }

  #readField(text: string, value: unknown, pointer: string, depth: number): FieldClause | undefined {
    const dot = text.indexOf('.')
    const field = dot === -1 ? text : text.slice(0, dot)
    const wholeKey = dot === -1 ? '' : text.slice(dot + 1)
    const refusal =
      text.length > limits.filterFieldCharsMax
        ? tooLongField
        : this.#refuseField(field, dot === -1 ? undefined : wholeKey)
    if (refusal !== undefined) return this.#refuseOne(pointer, refusal)
    const path = dot === -1 ? [] : wholeKey.split('.')
    return { kind: 'field', text, field, wholeKey, path, tests: this.#readTests(value, pointer, depth) }
  }

  #refuseField(field: string, wholeKey: string | undefined): string | undefined {
    const names = Object.keys(this.#fields)
    const known = Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined
    if (known === undefined)
      return `\`${shorten(field)}\` is no field of this event type.${didYouMean(field, names)} The fields are ${names.join(', ')}.`
    if (wholeKey !== undefined && known.kind !== 'json') return `\`${field}\` has no parts: nothing stands below it.`
    if (wholeKey === '') return `Name what stands below \`${field}\`, or leave out the dot.`
    return wholeKey === undefined ? undefined : this.#refuseValue(wholeKey)
  }

  #readTests(value: unknown, pointer: string, depth: number): readonly FieldTest[] {
    const operators = isObject(value) && Object.keys(value).some((name) => name.startsWith('$'))
    if (operators)
      return this.#readMembers(value, pointer, (name, operand, at) => this.#readTest(name, operand, at, depth))
    const refusal = this.#refuseValue(value)
    if (refusal !== undefined) return this.#refuse(pointer, refusal)
    return [{ kind: '$eq', value, bare: true }]
  }

  #readTest(kind: string, operand: unknown, pointer: string, depth: number): FieldTest | undefined {
    const refusal = kind === '$not' ? undefined : this.#refuseValue(operand)
    if (refusal !== undefined) return this.#refuseOne(pointer, refusal)
    switch (kind) {
      case '$eq':
        return { kind, value: operand, bare: false }
      case '$ne':
        return { kind, value: operand }
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        if (isOrdered(operand)) return { kind, value: operand }
        return this.#refuseOne(pointer, `\`${kind}\` takes a number, a text, true or false.`)
      case '$in':
      case '$nin':
      case '$all':
        if (Array.isArray(operand)) return { kind, values: operand }
        return this.#refuseOne(pointer, `\`${kind}\` takes a list of values.`)
      case '$exists':
        if (typeof operand === 'boolean') return { kind, value: operand }
        return this.#refuseOne(pointer, '`$exists` takes true or false.')
      case '$regex':
        return this.#readPattern(operand, pointer)
      case '$contains':
        if (typeof operand === 'string' && operand !== '') return { kind, text: operand }
        return this.#refuseOne(pointer, '`$contains` takes a text that is not empty.')
      case '$size':
        if (Number.isSafeInteger(operand) && (operand as number) >= 0) return { kind, size: operand as number }
        return this.#refuseOne(pointer, '`$size` takes a whole number from 0.')
      case '$not':
        return this.#readNot(operand, pointer, depth + 1)
      default:
        return this.#refuseTest(kind, pointer)
    }
  }

  #readNot(operand: unknown, pointer: string, depth: number): FieldTest | undefined {
    if (depth > limits.filterDepthMax)
      return this.#refuseOne(pointer, `The filter is nested more than ${limits.filterDepthMax} deep.`)
    if (!isObject(operand) || !Object.keys(operand).some((name) => name.startsWith('$')))
      return this.#refuseOne(pointer, '`$not` inside a field takes tests, for example `{"$not": {"$regex": "^dev"}}`.')
    return { kind: '$not', tests: this.#readTests(operand, pointer, depth) }
  }

  /** All patterns of a filter share one allowance of steps, so that the time to judge an event is bounded. */
  #readPattern(operand: unknown, pointer: string): FieldTest | undefined {
    if (typeof operand !== 'string') return this.#refuseOne(pointer, '`$regex` takes a pattern as text.')
    if (this.#programSize > limits.patternProgramMax) return undefined
    const pattern = compilePattern(operand)
    if (!pattern.ok) return this.#refuseOne(pointer, pattern.mistake)
    this.#programSize += pattern.programSize
    if (this.#programSize > limits.patternProgramMax)
      return this.#refuseOne(
        pointer,
        'The patterns of this filter are too large together. Use smaller counts in `{…}`, or fewer patterns.',
      )
    return { kind: '$regex', pattern: operand, compiled: pattern.compiled }
  }

  /** All values of a filter share one allowance of items, for the same reason as its patterns. */
  #refuseValue(value: unknown): string | undefined {
    const measured = measureValue(value)
    if (!measured.ok) return measured.mistake
    this.#items += measured.items
    return this.#items > limits.filterItemsMax ? tooManyItems : undefined
  }

  #refuseTest(name: string, pointer: string): undefined {
    if (name === '$options')
      return this.#refuseOne(
        pointer,
        '`$options` is not known. Write `(?i)` at the start of the pattern to ignore case.',
      )
    if (!name.startsWith('$'))
      return this.#refuseOne(
        pointer,
        `\`${shorten(name)}\` is no operator. Operators start with \`$\`; to compare with an object use \`$eq\`.`,
      )
    if ((filterOperators.logical as readonly string[]).includes(name))
      return this.#refuseOne(pointer, `\`${name}\` stands around fields: \`{"${name}": [{"<field>": …}]}\`.`)
    return this.#refuseOne(pointer, `\`${shorten(name)}\` is no operator.${didYouMean(name, filterOperators.field)}`)
  }

  #refuse(pointer: string, detail: string): readonly never[] {
    this.mistakes.push({ pointer, detail })
    return []
  }

  #refuseOne(pointer: string, detail: string): undefined {
    this.mistakes.push({ pointer, detail })
  }
}

const tooManyItems = `The values of this filter have more than ${limits.filterItemsMax} items together.`
const tooLongField = `The name of a field has at most ${limits.filterFieldCharsMax} characters.`

function isFieldOperator(name: string): boolean {
  return (filterOperators.field as readonly string[]).includes(name)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOrdered(value: unknown): value is Ordered {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean'
}

function didYouMean(name: string, names: readonly string[]): string {
  const similar = findSimilar(name, names)
  return similar === undefined ? '' : ` Did you mean \`${similar}\`?`
}

function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name
}

/** RFC 6901 in its fragment form: `~` and `/` are escaped, then what a fragment cannot hold. `$` can stand. */
function pointerStep(name: string): string {
  const step = shorten(name).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')
  return encodeURIComponent(step)
    .replaceAll('%24', () => '$')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@')
}
