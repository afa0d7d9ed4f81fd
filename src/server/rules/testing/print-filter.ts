import type { Clause, FieldTest, Filter } from '../filter.ts'

/** The filter as JSON again: to parse what was printed gives the same filter, and what was parsed is printed the same. */
export function printFilter(filter: Pick<Filter, 'clauses'>): Record<string, unknown> {
  return printClauses(filter.clauses)
}

/** `fromEntries` makes own members of any name, `__proto__` too. */
function printClauses(clauses: readonly Clause[]): Record<string, unknown> {
  return Object.fromEntries(clauses.map((clause) => [nameOf(clause), printClause(clause)]))
}

function nameOf(clause: Clause): string {
  return clause.kind === 'field' ? clause.text : clause.kind
}

function printClause(clause: Clause): unknown {
  if (clause.kind === 'field') return printTests(clause.tests)
  return clause.kind === '$not' ? printClauses(clause.clauses) : clause.filters.map(printClauses)
}

function printTests(tests: readonly FieldTest[]): unknown {
  const [first] = tests
  if (first?.kind === '$eq' && first.bare) return first.value
  return Object.fromEntries(tests.map((test) => [test.kind, printTest(test)]))
}

function printTest(test: FieldTest): unknown {
  switch (test.kind) {
    case '$in':
    case '$nin':
    case '$all':
      return test.values
    case '$regex':
      return test.pattern
    case '$contains':
      return test.text
    case '$size':
      return test.size
    case '$not':
      return printTests(test.tests)
    default:
      return test.value
  }
}
