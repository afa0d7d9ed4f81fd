import { expect, test } from 'vitest'
import { closedBreaker, hasFailedTooLong, onFailure, onSuccess, admits, type Breaker } from './breaker.ts'
import { limits } from '../../base/limits.ts'
import { freeSlots, giveBack, makeLane, nextLookAt, noteDue, reserve, type Lane } from './lane.ts'
import { shareSlots } from './share-slots.ts'

const now = 1_000_000

function aLane(webhookId: number, teamId: number, limits: Partial<Lane['limits']> = {}): Lane {
  const lane = makeLane(
    webhookId,
    teamId,
    { concurrencyMax: 10, ratePerSecond: null, paused: false, inOrder: false, ...limits },
    now,
  )
  noteDue(lane, 'first', now)
  return lane
}

function granted(lanes: Lane[], budget: number, lastTeam = 0): Record<string, number> {
  const { asks } = shareSlots(lanes, budget, now, lastTeam)
  return Object.fromEntries(asks.map(({ webhookId, lane, count }) => [`${webhookId} ${lane}`, count]))
}

test('a team with many webhooks gets no more than a team with one', () => {
  const lanes = [aLane(1, 1), aLane(2, 1), aLane(3, 1), aLane(4, 2)]
  expect(granted(lanes, 6)).toEqual({ '1 first': 1, '2 first': 1, '3 first': 1, '4 first': 3 })
})

test('the team behind the one that got the last slot begins', () => {
  expect(granted([aLane(1, 1), aLane(2, 2)], 1, 1)).toEqual({ '2 first': 1 })
  expect(granted([aLane(1, 1), aLane(2, 2)], 1, 2)).toEqual({ '1 first': 1 })
})

test('a lane never gets more than its free slots', () => {
  const lane = aLane(1, 1, { concurrencyMax: 3 })
  reserve(lane, 1, now)
  expect(granted([lane], 100)).toEqual({ '1 first': 2 })
})

test('retries get a quarter while first attempts wait, and everything when none do', () => {
  const lane = aLane(1, 1, { concurrencyMax: 8 })
  noteDue(lane, 'retry', now)
  expect(granted([lane], 8)).toEqual({ '1 first': 6, '1 retry': 2 })
  lane.dueAt.first = Number.POSITIVE_INFINITY
  expect(granted([lane], 8)).toEqual({ '1 retry': 8 })
})

test('retries get every fourth slot even where slots come one at a time', () => {
  const lane = aLane(1, 1, { concurrencyMax: 1 })
  noteDue(lane, 'retry', now)
  const served = Array.from({ length: 8 }, () => {
    const [ask] = shareSlots([lane], 1, now, 0).asks
    reserve(lane, 1, now)
    lane.inFlight = 0
    return ask!.lane
  })
  expect(served.filter((name) => name === 'retry')).toHaveLength(2)
})

test('work that is not due yet is not asked for', () => {
  const lane = aLane(1, 1)
  lane.dueAt.first = now + 1
  expect(granted([lane], 10)).toEqual({})
  expect(nextLookAt(lane, now)).toBe(now + 1)
})

test('a rate of five a second lets five start, and the next after 200 ms', () => {
  const lane = aLane(1, 1, { ratePerSecond: 5 })
  expect(freeSlots(lane, now)).toBe(5)
  reserve(lane, 5, now)
  expect(freeSlots(lane, now + 199)).toBe(0)
  expect(freeSlots(lane, now + 200)).toBe(1)
  expect(nextLookAt(lane, now)).toBe(now + 200)
})

test('slots and tokens of an attempt that was never made come back', () => {
  const lane = aLane(1, 1, { ratePerSecond: 2 })
  reserve(lane, 2, now)
  giveBack(lane, 2, now)
  expect(lane.inFlight).toBe(0)
  expect(freeSlots(lane, now)).toBe(2)
})

test('a paused lane starts nothing', () => {
  const lane = aLane(1, 1, { paused: true })
  expect(granted([lane], 10)).toEqual({})
  expect(nextLookAt(lane, now)).toBe(Number.POSITIVE_INFINITY)
})

test('ten failures in a row open the breaker; one probe is let through when the pause is over', () => {
  const lane = aLane(1, 1)
  for (let failure = 0; failure < 10; failure++) lane.breaker = onFailure(lane.breaker, now)
  expect(freeSlots(lane, now)).toBe(0)
  const openUntil = lane.breaker.openUntil!
  expect(freeSlots(lane, openUntil)).toBe(1)
  reserve(lane, 1, openUntil)
  expect(freeSlots(lane, openUntil)).toBe(0)
})

test('a probe that fails doubles the pause; one that succeeds closes the breaker', () => {
  let breaker = closedBreaker
  for (let failure = 0; failure < 10; failure++) breaker = onFailure(breaker, now)
  const failed = onFailure({ ...breaker, probing: true }, now)
  expect(failed.openUntil! - now).toBe(2 * (breaker.openUntil! - now))
  expect(admits(onSuccess(), now)).toBe(Number.POSITIVE_INFINITY)
})

/** Probes that fail, one every so often; answers when the last one did and what the breaker says then. */
function failFor(ms: number, everyMs: number): { breaker: Breaker; at: number } {
  let breaker = closedBreaker
  for (let failure = 0; failure < 10; failure++) breaker = onFailure(breaker, now)
  let at = now
  while (at - now < ms) {
    at += everyMs
    breaker = onFailure({ ...breaker, probing: true }, at)
  }
  return { breaker, at }
}

const day = 24 * 3600_000

test('a receiver whose every probe has failed for five days has failed too long, and not a probe earlier', () => {
  const almost = failFor(limits.failingMsMax - day, day)
  expect(hasFailedTooLong(almost.breaker, almost.at)).toBe(false)
  const long = failFor(limits.failingMsMax, day)
  expect(hasFailedTooLong(long.breaker, long.at)).toBe(true)
  expect(hasFailedTooLong(onSuccess(), long.at)).toBe(false)
})

test('a receiver that nobody called for days has not failed in them', () => {
  const { breaker, at } = failFor(limits.failingMsMax, 2.5 * day)
  expect(hasFailedTooLong(breaker, at)).toBe(false)
})

test('a probe that was never made is given back, so that the next one can be', () => {
  const lane = aLane(1, 1)
  for (let failure = 0; failure < 10; failure++) lane.breaker = onFailure(lane.breaker, now)
  const openUntil = lane.breaker.openUntil!
  reserve(lane, 1, openUntil)
  giveBack(lane, 1, openUntil)
  expect(freeSlots(lane, openUntil)).toBe(1)
  expect(nextLookAt(lane, openUntil)).toBeLessThanOrEqual(openUntil)
})
