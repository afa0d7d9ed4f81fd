import { SignalboxProblem } from '../../sdk/problem-error.ts'
import type { Words } from '../text/words.ts'

const shownFields = [
  'name',
  'url',
  'access_token',
  'secret',
  'granted_secrets',
  'signature_encoding',
  'headers',
  'timeout_ms',
  'concurrency_max',
  'rate_per_second',
  'in_order',
]

interface FieldMistake {
  readonly path: string
  readonly detail: string
}

/** The mistakes of a refusal that stand at a field of the form. */
export function fieldMistakesOf(error: unknown): readonly FieldMistake[] {
  if (!(error instanceof SignalboxProblem)) return []
  if (error.type === '/problems/name-taken') return [{ path: 'name', detail: error.detail }]
  return error.mistakes
    .map(({ pointer = '#', detail }) => ({ path: pointer.replace(/^#\/?/, ''), detail }))
    .filter(({ path }) => shownFields.includes(path.split('/')[0] ?? ''))
}

/** Null where every mistake stands at its field. */
export function restOf(error: unknown): unknown {
  if (!(error instanceof SignalboxProblem)) return error
  if (error.type === '/problems/name-taken') return null
  const all = error.mistakes.length
  return all > 0 && fieldMistakesOf(error).length === all ? null : error
}

/** What is wrong at a field and below it. */
export function mistakeAt(mistakes: readonly FieldMistake[], field: string, text: Words): string | null {
  const details = mistakes
    .filter(({ path }) => path === field || path.startsWith(`${field}/`))
    .map(({ detail }) => text.server(detail))
  return details.length === 0 ? null : details.join(' ')
}
