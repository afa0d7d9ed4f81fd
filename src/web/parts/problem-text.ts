import { SignalboxProblem } from '../../sdk/problem-error.ts'
import type { Words } from '../text/words.ts'

/** A refusal as the error of the one field there is; null when there is none. */
export function problemText(error: unknown, text: Words): string | null {
  if (error === null || error === undefined) return null
  if (error instanceof SignalboxProblem) {
    const mistakes = error.mistakes.map(({ detail }) => text.server(detail)).join(' ')
    return mistakes === '' ? text.server(error.detail) : mistakes
  }
  return error instanceof Error ? text.server(error.message) : ''
}

/** There is no such thing, or it is not one's to see. */
export function isNotFound(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.status === 404
}

/** The thing is used somewhere: asking again with `force` goes ahead. */
export function isInUse(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/in-use'
}

/** Somebody else changed it meanwhile. */
export function isRevisionChanged(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/revision-changed'
}
