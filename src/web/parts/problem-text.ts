import { SignalboxProblem } from '../../sdk/problem-error.ts'

/** A refusal as the error of the one field there is; null when there is none. */
export function problemText(error: unknown): string | null {
  if (error === null || error === undefined) return null
  if (error instanceof SignalboxProblem) {
    const mistakes = error.mistakes.map(({ detail }) => detail).join(' ')
    return mistakes === '' ? error.detail : mistakes
  }
  return error instanceof Error ? error.message : ''
}

/** The thing is used somewhere: asking again with `force` goes ahead. */
export function isInUse(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/in-use'
}

/** Somebody else changed it meanwhile. */
export function isRevisionChanged(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/revision-changed'
}
