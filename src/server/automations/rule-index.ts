import { literalHints } from '../rules/literal-hints.ts'
import type { Rule } from './compile-rule.ts'

/**
 * The rules of one scope and event type, found by the value that most of them ask for: the name of a custom event, the
 * alias or tag that was added. A rule that asks for certain texts is looked at only when one of them comes; one that asks
 * for a beginning, or for anything, is always looked at. What is found is a candidate, judged by its whole filter.
 */
export interface RuleIndex {
  candidates(read: (field: string) => unknown): readonly Rule[]
}

/** By which field each event type is told apart best. */
const keyFields: Readonly<Record<string, string>> = {
  CUSTOM: 'name',
  ADD_ARTIFACT_ALIAS: 'alias',
  REMOVE_ARTIFACT_ALIAS: 'alias',
  ADD_ARTIFACT_TAG: 'tag',
  REMOVE_ARTIFACT_TAG: 'tag',
  ADD_COLLECTION_TAG: 'tag',
  REMOVE_COLLECTION_TAG: 'tag',
}

export function indexRules(eventType: string, rules: readonly Rule[]): RuleIndex {
  const field = keyFields[eventType]
  const byLiteral = new Map<string, Rule[]>()
  const byPrefix: { readonly prefix: string; readonly rule: Rule }[] = []
  const always: Rule[] = []
  for (const rule of rules) {
    if (rule.filter === undefined) continue
    const hints = field === undefined ? undefined : literalHints(rule.filter, field)
    if (hints === undefined || hints.kind === 'any') always.push(rule)
    else {
      for (const literal of hints.literals) {
        const known = byLiteral.get(literal)
        if (known === undefined) byLiteral.set(literal, [rule])
        else known.push(rule)
      }
      for (const prefix of hints.prefixes) byPrefix.push({ prefix, rule })
    }
  }
  return {
    candidates(read) {
      const value = field === undefined ? undefined : read(field)
      if (typeof value !== 'string') return rules
      const begun = byPrefix.filter(({ prefix }) => value.startsWith(prefix)).map(({ rule }) => rule)
      return [...new Set([...always, ...(byLiteral.get(value) ?? []), ...begun])]
    },
  }
}
