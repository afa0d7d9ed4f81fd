import { looksLikeId } from '../../contract/text.ts'
import { SetUp } from '../../contract/who.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'

export type SetUpField = keyof SetUp
type SetUpMistake = 'empty' | 'short' | 'long' | 'letters' | 'id' | 'same' | 'wrongCode'
type SetUpMistakes = { readonly [field in SetUpField]?: SetUpMistake }

/** What the server would refuse, told before it is asked, one thing at a field. */
export function checkSetUp(form: SetUp): SetUpMistakes {
  const mistakes: { [field in SetUpField]?: SetUpMistake } = {}
  for (const { code, path } of SetUp.safeParse(form).error?.issues ?? []) {
    const field = path[0] as SetUpField
    mistakes[field] ??= mistakeOf(code, form[field])
  }
  return mistakes
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
