import { limits } from '../base/limits.ts'
import { cut, describePattern, describeValue } from './describe-value.ts'
import type { Clause, FieldClause, FieldTest, Filter } from './filter.ts'
import { clauseHolds, clausesHold, isMatchable, matchesFilter, testHolds, type Subject } from './matches-filter.ts'
import { readPath } from './read-path.ts'

export type Verdict = { readonly matches: true } | { readonly matches: false; readonly reason: string }

/**
 * Judges an event, and says why it does not pass: the first condition that fails, or, where one of several would have
 * done, the shortest reasons of them. Pure, and never throws. Where the reason is not asked for, `matchesFilter` is
 * cheaper.
 */
export function evaluateFilter(filter: Filter, subject: Subject): Verdict {
  if (matchesFilter(filter, subject)) return { matches: true }
  return { matches: false, reason: cut(joinMisses(missesOf(filter.clauses, subject)), limits.reasonCharsMax) }
}

/** Why something failed: what was found, and what would have passed; several of one finding are shown together. */
interface Miss {
  readonly found: string
  readonly expected: string | undefined
}

function missesOf(clauses: readonly Clause[], subject: Subject): readonly Miss[] {
  const failed = clauses.find((clause) => !clauseHolds(clause, subject))
  if (failed === undefined) return []
  switch (failed.kind) {
    case '$and':
      return missesOf(
        failed.filters.find((filter) => !clausesHold(filter, subject))!,
        subject,
      )
    case '$or': {
      const alternatives = failed.filters.map((filter) => missesOf(filter, subject))
      return shortestFirst(alternatives).slice(0, alternativesShownMax).flat()
    }
    case '$nor':
      return denyAll(
        failed.filters.find((filter) => clausesHold(filter, subject))!,
        subject,
      )
    case '$not':
      return denyAll(failed.clauses, subject)
    case 'field': {
      const found = readPath(subject(failed.field), failed)
      const test = failed.tests.find((one) => !testHolds(one, found))!
      return [{ found: describeFound(failed, found, test), expected: describeExpected(test, found) }]
    }
  }
}

const alternativesShownMax = 3

function shortestFirst(alternatives: readonly (readonly Miss[])[]): readonly (readonly Miss[])[] {
  const length = (misses: readonly Miss[]) => joinMisses(misses).length
  return alternatives
    .map((misses) => ({ misses, length: length(misses) }))
    .toSorted((one, other) => one.length - other.length)
    .map(({ misses }) => misses)
}

/** All of it holds, and must not: one condition is shown with its finding, several by what they say. */
function denyAll(clauses: readonly Clause[], subject: Subject): readonly Miss[] {
  const [only] = clauses
  if (clauses.length === 1 && only?.kind === 'field' && only.tests.length === 1) {
    const found = readPath(subject(only.field), only)
    const expected = found.length === 0 ? undefined : `not ${describeTest(only.tests[0]!)}`
    return [{ found: describeFound(only, found, only.tests[0]!), expected }]
  }
  return [{ found: `excluded, because ${describeClauses(clauses)}`, expected: undefined }]
}

function joinMisses(misses: readonly Miss[]): string {
  const byFound = Map.groupBy(misses, (miss) => miss.found)
  return [...byFound]
    .map(([found, alike]) => {
      const expected = [...new Set(alike.flatMap((miss) => miss.expected ?? []))]
      return expected.length === 0 ? found : `${found}, expected ${expected.join(' or ')}`
    })
    .join('; ')
}

function describeFound({ text }: FieldClause, found: readonly unknown[], test: FieldTest): string {
  if (found.length === 0) return `${text} is missing`
  const value = found.length === 1 ? found[0] : found
  if (test.kind === '$regex' && found.length === 1 && typeof value === 'string' && !isMatchable(value))
    return `${text} is longer than ${limits.patternSubjectCharsMax} characters, which no pattern is tried on`
  return `${text} is ${describeValue(value)}`
}

function describeExpected(test: FieldTest, found: readonly unknown[]): string | undefined {
  if (found.length === 0) return undefined
  return describeTest(test)
}

function describeClauses(clauses: readonly Clause[]): string {
  const texts = clauses.slice(0, alternativesShownMax).map(describeClause)
  if (clauses.length > alternativesShownMax) texts.push('…')
  return texts.length === 0 ? 'it denies everything' : texts.join(' and ')
}

function describeClause(clause: Clause): string {
  if (clause.kind === 'field')
    return `${clause.text} is ${clause.tests.slice(0, alternativesShownMax).map(describeTest).join(' and ')}`
  return `its ${clause.kind} holds`
}

function describeTest(test: FieldTest): string {
  switch (test.kind) {
    case '$eq':
      return describeValue(test.value)
    case '$ne':
      return `not ${describeValue(test.value)}`
    case '$gt':
      return `greater than ${describeValue(test.value)}`
    case '$gte':
      return `at least ${describeValue(test.value)}`
    case '$lt':
      return `less than ${describeValue(test.value)}`
    case '$lte':
      return `at most ${describeValue(test.value)}`
    case '$in':
      return `one of ${describeValue(test.values)}`
    case '$nin':
      return `none of ${describeValue(test.values)}`
    case '$all':
      return `all of ${describeValue(test.values)}`
    case '$exists':
      return test.value ? 'present' : 'missing'
    case '$regex':
      return describePattern(test.pattern)
    case '$contains':
      return `text containing ${describeValue(test.text)}`
    case '$size':
      return `a list of ${test.size}`
    case '$not':
      return `not ${test.tests.slice(0, alternativesShownMax).map(describeTest).join(' and ')}`
  }
}
