import { looksLikeId } from '../../contract/text.ts'
import { SetUp } from '../../contract/who.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'

export type SetUpField = keyof SetUp
export type SetUpMistake = 'empty' | 'short' | 'long' | 'letters' | 'id' | 'same' | 'wrongCode'
export type SetUpMistakes = { readonly [field in SetUpField]?: SetUpMistake }

/** What the server would refuse, told before it is asked, one thing at a field. */
export function checkSetUp(form: SetUp): SetUpMistakes {
  const issues = SetUp.safeParse(form).error?.issues ?? []
  const found = issues.map(({ code, path: [field] }) => [field, mistakeOf(code, form[field as SetUpField])] as const)
  // The first of a field's issues is the one to mend first.
  return Object.fromEntries(found.toReversed())
}

/** The one thing that only the server knows. */
export function isWrongCode(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/set-up-code-wrong'
}

function mistakeOf(code: string, value: string): SetUpMistake {
  if (value === '') return 'empty'
  if (code === 'too_small') return 'short'
  if (code === 'too_big') return 'long'
  if (code === 'invalid_format') return 'letters'
  return looksLikeId(value) ? 'id' : 'same'
}
