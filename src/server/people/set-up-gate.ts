import { hash, timingSafeEqual } from 'node:crypto'
import { Problem } from '../../contract/problem.ts'
import type { SetUp } from '../../contract/who.ts'
import { makeTryLimits } from '../access/limit-tries.ts'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Database } from '../database/database.ts'
import { anyOrganization } from './person-store.ts'
import { refuseSecondSetUp, setUpOrganization } from './set-up-organization.ts'
import { networkOf } from './sign-in-limits.ts'

/** Where whoever has read the code from the server's terminal makes the first organization. */
export interface SetUpGate {
  isNeeded(): Promise<boolean>
  /** The token of the first admin's session. */
  setUp(input: SetUp, from: string): Promise<string>
}

export function makeSetUpGate(db: Database, clock: Clock, code: string): SetUpGate {
  const { countTry, inTurn } = makeTryLimits({
    clock,
    windowMs: limits.signInWindowMs,
    rememberedMax: limits.signInsRememberedMax,
    atOnceMax: limits.passwordChecksMax,
    tooMany: 'Too many tries to set up',
  })
  return {
    isNeeded: async () => !(await anyOrganization(db)),
    async setUp({ code: given, ...first }, from) {
      countTry(`from ${networkOf(from)}`, limits.signInTriesPerAddressMax)
      countTry('from anywhere', limits.setUpTriesMax)
      await refuseSecondSetUp(db)
      if (!isSame(given, code))
        throw new Problem('set-up-code-wrong', 'The code is not the one that the server printed when it started.', [
          { pointer: '#/code', detail: 'Take the code from the terminal of the server.' },
        ])
      const { apiKey } = await inTurn(() => setUpOrganization(db, first, { sessionMs: limits.sessionMsMax }))
      return apiKey
    },
  }
}

/** In upper or lower case, with or without the dash; what was read as a letter that no code has was a digit. */
function isSame(given: string, code: string): boolean {
  const plain = (text: string): Buffer =>
    hash('sha256', text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1').replaceAll(/[\s-]/g, ''), 'buffer')
  return timingSafeEqual(plain(given), plain(code))
}
