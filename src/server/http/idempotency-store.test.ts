import { expect, test } from 'vitest'
import { limits } from '../base/limits.ts'
import { useDatabase } from '../../../test/support/database.ts'
import {
  claimIdempotencyKey,
  dropOldIdempotencyKeys,
  forgetIdempotencyKey,
  keepAnswer,
  type HeldKey,
} from './idempotency-store.ts'

const database = useDatabase()
const fingerprint = Buffer.from('the first request')
const answer = (text: string) => ({ status: 201, keyId: 'key', answer: Buffer.from(text) })

async function claim(key: string, of = fingerprint): Promise<HeldKey> {
  const claimed = await claimIdempotencyKey(database.db, { actorId: 1, key, fingerprint: of })
  if (claimed.kind !== 'claimed') throw new Error(`the key is ${claimed.kind}`)
  return { actorId: 1, key, at: claimed.at }
}

const look = async (key: string, of = fingerprint) => {
  const found = await claimIdempotencyKey(database.db, { actorId: 1, key, fingerprint: of })
  return found.kind === 'answered' ? found.answer.toString() : found.kind
}

/** Lets time pass for one key. */
const age = (key: string, ms: number) =>
  database.db.query(`update idempotency_keys set at = at - $2 * interval '1 millisecond' where key = $1`, [key, ms])

test('of many who claim a key at once, one has it', async () => {
  const claims = await Promise.all(
    Array.from({ length: 20 }, () => claimIdempotencyKey(database.db, { actorId: 1, key: 'at once', fingerprint })),
  )
  expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
  expect(claims.filter(({ kind }) => kind === 'in-use')).toHaveLength(19)
})

test('a claim that never got its answer can be retaken by the same request after a minute, and by no other', async () => {
  await claim('crashed')
  await age('crashed', limits.idempotencyClaimMsMax - 5_000)
  expect(await look('crashed')).toBe('in-use')
  await age('crashed', 10_000)
  expect(await look('crashed', Buffer.from('another request'))).toBe('other-request')
  expect(await look('crashed')).toBe('claimed')
  expect(await look('crashed')).toBe('in-use')
})

test('who took too long can neither answer nor forget in the name of who took the key over', async () => {
  const held = await claim('slow')
  const tooLong = limits.idempotencyClaimMsMax + 1_000
  await age('slow', tooLong)
  const slow = { ...held, at: new Date(held.at.getTime() - tooLong) }
  const second = await claim('slow')
  await keepAnswer(database.db, slow, answer('of the slow one'))
  await forgetIdempotencyKey(database.db, slow)
  expect(await look('slow')).toBe('in-use')
  await keepAnswer(database.db, second, answer('of the second'))
  await keepAnswer(database.db, slow, answer('of the slow one'))
  await forgetIdempotencyKey(database.db, second)
  expect(await look('slow')).toBe('of the second')
})

test('a key that was forgotten is free at once, an answer is kept for a day and then dropped', async () => {
  await forgetIdempotencyKey(database.db, await claim('forgotten'))
  expect(await look('forgotten', Buffer.from('another request'))).toBe('claimed')

  await keepAnswer(database.db, await claim('kept'), answer('kept'))
  await age('kept', limits.idempotencyKeyMsMax - 60_000)
  await dropOldIdempotencyKeys(database.db)
  expect(await look('kept')).toBe('kept')
  await age('kept', 120_000)
  expect(await look('kept', Buffer.from('another request'))).toBe('claimed')
  await age('kept', limits.idempotencyKeyMsMax + 1_000)
  await dropOldIdempotencyKeys(database.db)
  expect(await database.db.query(`select 1 from idempotency_keys where key = 'kept'`)).toEqual([])
})
