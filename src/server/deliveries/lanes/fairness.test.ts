import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseLeaving, surplusOf } from './share-lanes.ts'
import { shareSlots } from './share-slots.ts'
import { freeSlots, makeLane, nextLookAt, noteDue, reserve, type Lane, type LaneLimits } from './lane.ts'

const begin = 1_000_000

function fullLane(webhookId: number, teamId: number, limits: Partial<LaneLimits> = {}): Lane {
  const lane = makeLane(
    webhookId,
    teamId,
    { concurrencyMax: 10, ratePerSecond: null, paused: false, inOrder: false, ...limits },
    begin,
  )
  noteDue(lane, 'first', begin)
  return lane
}

/** Numbers that look like chance, the same ones every time. */
function chanceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

interface Started {
  readonly at: number
  readonly lane: Lane
}

/** What one worker with so many slots starts in so many milliseconds, when each attempt takes 20 to 200 ms. */
function work(lanes: readonly Lane[], slots: number, forMs: number, seed = 1): Started[] {
  const chance = chanceFrom(seed)
  const started: Started[] = []
  let underWay: { lane: Lane; endsAt: number }[] = []
  let lastTeam = 0
  for (let at = begin; at < begin + forMs; at += 5) {
    for (const { lane, endsAt } of underWay) if (endsAt <= at) lane.inFlight -= 1
    underWay = underWay.filter(({ endsAt }) => endsAt > at)
    const shared = shareSlots(lanes, slots - underWay.length, at, lastTeam)
    lastTeam = shared.lastTeam
    for (const { webhookId, count } of shared.asks) {
      const lane = lanes.find((one) => one.webhookId === webhookId)!
      reserve(lane, count, at)
      expect(lane.inFlight).toBeLessThanOrEqual(lane.limits.concurrencyMax)
      for (let number = 0; number < count; number++) {
        started.push({ at, lane })
        underWay.push({ lane, endsAt: at + 20 + chance() * 180 })
      }
    }
  }
  return started
}

test('two teams with full lanes get half of the starts each over ten seconds, however many webhooks they have', () => {
  const lanes = [
    ...Array.from({ length: 50 }, (_, index) => fullLane(index + 1, 1)),
    ...Array.from({ length: 2 }, (_, index) => fullLane(100 + index, 2, { concurrencyMax: 100 })),
  ]
  const started = work(lanes, 32, 10_000)
  const ofFirst = started.filter(({ lane }) => lane.teamId === 1).length
  expect(started.length).toBeGreaterThan(2_000)
  expect(ofFirst / started.length).toBeGreaterThan(0.45)
  expect(ofFirst / started.length).toBeLessThan(0.55)
})

test('what a team cannot use goes to the others, and none of it is left', () => {
  const lanes = [fullLane(1, 1), fullLane(2, 2, { concurrencyMax: 1 }), fullLane(3, 3, { concurrencyMax: 100 })]
  expect(shareSlots(lanes, 30, begin, 0).asks).toEqual([
    { webhookId: 1, lane: 'first', count: 10 },
    { webhookId: 2, lane: 'first', count: 1 },
    { webhookId: 3, lane: 'first', count: 19 },
  ])
})

test('a team with one event gets the first or second slot that frees, whoever floods', () => {
  const flooding = Array.from({ length: 40 }, (_, index) => fullLane(index + 1, 1))
  const rare = fullLane(99, 2)
  let lastTeam = 0
  for (let round = 0; round < 20; round++) {
    const { asks, lastTeam: last } = shareSlots([...flooding, rare], 1, begin + round, lastTeam)
    lastTeam = last
    if (asks.some(({ webhookId }) => webhookId === 99)) return expect(round).toBeLessThanOrEqual(1)
  }
  expect.unreachable('the team with one event got nothing in 20 slots')
})

test('teams that always have work get the same number of slots, give or take one, whatever the rounds and their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
      (teams, budgets) => {
        const lanes = teams.map((team) => fullLane(100 + team, team, { concurrencyMax: 1_000 }))
        const got = new Map(teams.map((team) => [team, 0]))
        let lastTeam = 0
        budgets.forEach((budget, round) => {
          const shared = shareSlots(lanes, budget, begin + round, lastTeam)
          lastTeam = shared.lastTeam
          for (const { webhookId, count } of shared.asks) got.set(webhookId - 100, got.get(webhookId - 100)! + count)
        })
        expect(Math.max(...got.values()) - Math.min(...got.values())).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('a webhook that is new takes turns with one that has sent a million times', () => {
  const [old, fresh] = [fullLane(1, 1), fullLane(2, 1)]
  old.turn = 1_000_000
  const served = Array.from({ length: 10 }, (_, round) => {
    const [ask] = shareSlots([old, fresh], 1, begin + round, 1).asks
    const lane = ask!.webhookId === 1 ? old : fresh
    reserve(lane, 1, begin + round)
    lane.inFlight = 0
    return lane
  })
  expect(served.filter((lane) => lane === old)).toHaveLength(5)
})

test('a rate is never exceeded: in no stretch of time more than rate times stretch, and one second’s worth', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (ratePerSecond, seed) => {
      const lane = fullLane(1, 1, { ratePerSecond, concurrencyMax: 1_000 })
      const starts = work([lane], 1_000, 5_000, Math.abs(seed)).map(({ at }) => at)
      for (const stretchMs of [100, 1_000, 3_000])
        starts.forEach((from, index) => {
          const within = starts.slice(index).filter((at) => at - from <= stretchMs).length
          expect(within).toBeLessThanOrEqual(ratePerSecond * (stretchMs / 1000) + Math.max(1, ratePerSecond) + 1e-6)
        })
      // And it is used: what waits is not held back for longer than the rate asks for.
      expect(starts.length).toBeGreaterThanOrEqual(Math.floor(ratePerSecond * 5.9))
    }),
    { numRuns: 20 },
  )
})

test('a lane that is about to leave starts nothing more', () => {
  const lane = fullLane(1, 1)
  lane.leaving = true
  expect([freeSlots(lane, begin), nextLookAt(lane, begin)]).toEqual([0, Number.POSITIVE_INFINITY])
})

test.each([
  ['alone, a worker keeps everything', { mine: 40, all: 40, workers: 1 }, 0],
  ['a newcomer is given half', { mine: 40, all: 40, workers: 2 }, 20],
  ['an odd one stays where it is', { mine: 2, all: 3, workers: 2 }, 0],
  ['who has less than its share gives nothing', { mine: 5, all: 40, workers: 4 }, 0],
  ['who has its share gives nothing', { mine: 10, all: 40, workers: 4 }, 0],
  ['more workers than lanes', { mine: 3, all: 3, workers: 10 }, 2],
])('%s', (_what, spread, surplus) => {
  expect(surplusOf(spread)).toBe(surplus)
})

test('the lanes with the least under way leave first, and none twice', () => {
  const lanes = [3, 0, 7, 1].map((inFlight, index) => Object.assign(fullLane(index, 1), { inFlight }))
  lanes[1]!.leaving = true
  expect(chooseLeaving(lanes, 2).map(({ inFlight }) => inFlight)).toEqual([1, 3])
  expect(chooseLeaving(lanes, -1)).toEqual([])
})
