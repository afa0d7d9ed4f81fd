import { limits } from '../base/limits.ts'
import { equalJson } from './equal-json.ts'
import type { Clause, FieldTest, Filter, Ordered } from './filter.ts'
import { readPath } from './read-path.ts'

/** A field's value in the event; undefined when it has none. */
export type Subject = (field: string) => unknown

/** Whether an event passes, without the reason why not. Never throws. */
export function matchesFilter(filter: Filter, subject: Subject): boolean {
  return clausesHold(filter.clauses, subject)
}

export function clausesHold(clauses: readonly Clause[], subject: Subject): boolean {
  return clauses.every((clause) => clauseHolds(clause, subject))
}

export function clauseHolds(clause: Clause, subject: Subject): boolean {
  switch (clause.kind) {
    case '$and':
      return clause.filters.every((filter) => clausesHold(filter, subject))
    case '$or':
      return clause.filters.some((filter) => clausesHold(filter, subject))
    case '$nor':
      return !clause.filters.some((filter) => clausesHold(filter, subject))
    case '$not':
      return !clausesHold(clause.clauses, subject)
    case 'field': {
      const found = readPath(subject(clause.field), clause)
      return clause.tests.every((test) => testHolds(test, found))
    }
  }
}

/**
 * As MongoDB judges: one value of several, or one element of a list, is enough. A missing value equals null, and so
 * passes the tests that deny something; it passes no other.
 */
export function testHolds(test: FieldTest, found: readonly unknown[]): boolean {
  switch (test.kind) {
    case '$eq':
      return equalsSome([test.value], found)
    case '$ne':
      return !equalsSome([test.value], found)
    case '$in':
      return equalsSome(test.values, found)
    case '$nin':
      return !equalsSome(test.values, found)
    case '$all':
      return test.values.length > 0 && test.values.every((value) => equalsSome([value], found))
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return someValue(found, (value) => compares(test.kind, value, test.value))
    case '$exists':
      return found.length > 0 === test.value
    case '$regex':
      return someValue(found, (value) => isMatchable(value) && test.compiled.test(value))
    case '$contains':
      return someValue(found, (value) => typeof value === 'string' && value.includes(test.text))
    case '$size':
      return found.some((value) => Array.isArray(value) && value.length === test.size)
    case '$not':
      return !test.tests.every((inner) => testHolds(inner, found))
  }
}

/** A pattern is tried on texts up to a length; on a longer one it does not match. */
export function isMatchable(value: unknown): value is string {
  return typeof value === 'string' && value.length <= limits.patternSubjectCharsMax
}

function equalsSome(wanted: readonly unknown[], found: readonly unknown[]): boolean {
  if (found.length === 0) return wanted.includes(null)
  return wanted.some((one) => someValue(found, (value) => equalJson(value, one)))
}

/** The values themselves and, where one is a list, its elements. */
function someValue(found: readonly unknown[], holds: (value: unknown) => boolean): boolean {
  return found.some((value) => holds(value) || (Array.isArray(value) && value.some(holds)))
}

function compares(kind: '$gt' | '$gte' | '$lt' | '$lte', value: unknown, than: Ordered): boolean {
  if (typeof value !== typeof than) return false
  const ordered = value as Ordered
  switch (kind) {
    case '$gt':
      return ordered > than
    case '$gte':
      return ordered >= than
    case '$lt':
      return ordered < than
    case '$lte':
      return ordered <= than
  }
}
