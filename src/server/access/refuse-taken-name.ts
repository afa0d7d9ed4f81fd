import { Problem } from '../../contract/problem.ts'
import { codeOf, constraintOf, sqlstate } from '../database/sqlstate.ts'

/** Runs a write whose name may be taken, and says so as a refusal. */
export async function refuseTakenName<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (codeOf(error) === sqlstate.uniqueViolation && constraintOf(error)?.includes('name') === true)
      throw new Problem('name-taken', `“${name}” is taken.`, [{ pointer: '#/name', detail: 'Choose another name.' }])
    if (codeOf(error) === sqlstate.uniqueViolation && constraintOf(error)?.includes('email') === true)
      throw new Problem('name-taken', 'This e-mail address belongs to somebody else.', [
        { pointer: '#/email', detail: 'Use another address.' },
      ])
    throw error
  }
}
