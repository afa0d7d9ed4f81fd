import type { Clause, FieldTest, Filter } from './filter.ts'

/**
 * What a field must be for the filter to match: `some` says that its value, or one element of its list, is one of the
 * literals or starts with one of the prefixes. Only a help for finding candidates: it never excludes a match, and
 * promises none.
 */
export type LiteralHints =
  | { readonly kind: 'any' }
  | { readonly kind: 'some'; readonly literals: ReadonlySet<string>; readonly prefixes: ReadonlySet<string> }

/** Hints for a whole field (`name`, `alias`), not for paths below one. */
export function literalHints(filter: Pick<Filter, 'clauses'>, field: string): LiteralHints {
  return hintsOfAll(filter.clauses.map((clause) => hintsOfClause(clause, field)))
}

const any: LiteralHints = { kind: 'any' }

function hintsOfClause(clause: Clause, field: string): LiteralHints {
  switch (clause.kind) {
    case '$and':
      return hintsOfAll(clause.filters.map((clauses) => literalHints({ clauses }, field)))
    case '$or':
      return hintsOfOneOf(clause.filters.map((clauses) => literalHints({ clauses }, field)))
    case '$nor':
    case '$not':
      return any
    case 'field':
      return clause.field === field && clause.path.length === 0 ? hintsOfAll(clause.tests.map(hintsOfTest)) : any
  }
}

/** All must hold: the narrowest hint is enough, and on lists different elements may meet different conditions. */
function hintsOfAll(hints: readonly LiteralHints[]): LiteralHints {
  return hints.reduce((best, one) => (widthOf(one) < widthOf(best) ? one : best), any)
}

function widthOf(hints: LiteralHints): number {
  return hints.kind === 'any' ? Infinity : hints.literals.size + hints.prefixes.size * 1000
}

function hintsOfOneOf(hints: readonly LiteralHints[]): LiteralHints {
  const literals = new Set<string>()
  const prefixes = new Set<string>()
  for (const one of hints) {
    if (one.kind === 'any') return any
    for (const literal of one.literals) literals.add(literal)
    for (const prefix of one.prefixes) prefixes.add(prefix)
  }
  return { kind: 'some', literals, prefixes }
}

function hintsOfTest(test: FieldTest): LiteralHints {
  switch (test.kind) {
    case '$eq':
      return literals([test.value])
    case '$in':
      return literals(test.values)
    case '$all':
      return test.values.length === 0 ? literals([]) : hintsOfAll(test.values.map((value) => literals([value])))
    case '$regex':
      return hintsOfPattern(test.pattern)
    default:
      return any
  }
}

/** Only texts can be looked up; null would match a missing value, and a list a whole list. */
function literals(values: readonly unknown[]): LiteralHints {
  if (!values.every((value) => typeof value === 'string')) return any
  return { kind: 'some', literals: new Set(values), prefixes: new Set() }
}

/**
 * `^text$`, `^text…` and `^(one|other)$`. What cannot be read with certainty is `any`: an alternative at the top could
 * stand beside the anchor, a quantifier could take the last character away.
 */
function hintsOfPattern(pattern: string): LiteralHints {
  const alternatives = /^\^\((?:\?:)?([^()[\]{}\\.+*?^$]*)\)\$$/.exec(pattern)?.[1]
  if (alternatives !== undefined) return literals(alternatives.split('|'))
  if (!pattern.startsWith('^')) return any
  const { text, rest } = readLiteral(pattern.slice(1))
  if (rest === '$') return literals([text])
  if (text === '' || (rest.includes('|') && !isInGroup(rest))) return any
  return { kind: 'some', literals: new Set(), prefixes: new Set([text]) }
}

/** A quantifier takes the last character away, also through flags and empty quotes: it stays before an atom or an end. */
function readLiteral(pattern: string): { readonly text: string; readonly rest: string } {
  const characters = [...pattern.matchAll(/\\([^\p{L}\p{N}\s])|[^\\.+*?()|[\]{}^$]/gsuy)]
  const length = characters.reduce((sum, match) => sum + match[0].length, 0)
  const rest = pattern.slice(length)
  const kept = /^(?:$|[.[$|^)]|\((?!\?)|\(\?:)/.test(rest) ? characters : characters.slice(0, -1)
  return { text: kept.map((match) => match[1] ?? match[0]).join(''), rest }
}

/** Whether every `|` stands inside parentheses; false where escapes or classes make that hard to tell. */
function isInGroup(rest: string): boolean {
  if (/[\\[]/.test(rest)) return false
  let depth = 0
  for (const char of rest) {
    if (char === '(') depth += 1
    if (char === ')') depth -= 1
    if (char === '|' && depth === 0) return false
  }
  return true
}
