import type { Mistake } from '../../contract/problem.ts'
import type { Draft } from './draft.ts'
import type { StepName } from './steps.ts'

/** What has to be done before the wizard goes on, in which step, and at which line of the payload. */
export interface Blocker {
  readonly what: 'scope' | 'filter' | 'webhook' | 'payload'
  readonly step: StepName
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** The first one up to a step. Names that are taken, and the like, are told when it is saved. */
export function findBlocker(
  step: StepName,
  { scope, sends, webhook }: Pick<Draft, 'scope' | 'sends' | 'webhook'>,
  { isFilterWrong, mistakes }: { readonly isFilterWrong: boolean; readonly mistakes: readonly Mistake[] },
): Blocker | undefined {
  if (scope.ref === '') return { what: 'scope', step: 'event' }
  if (isFilterWrong) return { what: 'filter', step: 'event' }
  if (step === 'event' || !sends) return undefined
  if (webhook === '' || mistakes.some(({ pointer }) => pointer === '#/action/webhook'))
    return { what: 'webhook', step: 'action' }
  const wrong = mistakes.find(({ pointer }) => pointer?.startsWith('#/action/template'))
  return wrong && { what: 'payload', step: 'action', line: wrong.line, column: wrong.column }
}
