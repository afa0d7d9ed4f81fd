import { expect, test } from 'vitest'
import type { Statement } from '../../src/server/database/database.ts'
import { makeDatabase } from '../support/database.ts'
import { simulateQueue, type SimulatedQueue } from './simulate-queue.ts'

// SIGNALBOX_SIMULATION_SEED picks the first seed, SIGNALBOX_SIMULATION_RUNS how many follow each other from it on, and
// SIGNALBOX_SIMULATION_SECONDS how long everything goes wrong in each of them, in simulated time.
const seed = Number(process.env['SIGNALBOX_SIMULATION_SEED'] ?? 3)
const runs = Number(process.env['SIGNALBOX_SIMULATION_RUNS'] ?? 1)
const chaosMs = Number(process.env['SIGNALBOX_SIMULATION_SECONDS'] ?? 10) * 1000

async function simulate(
  options: { readonly seed: number; readonly chaosMs: number },
  variant?: (statement: Statement) => Statement,
): Promise<SimulatedQueue> {
  const database = await makeDatabase()
  try {
    return await simulateQueue({ ...options, databaseUrl: database.url, ...(variant === undefined ? {} : { variant }) })
  } finally {
    await database.drop()
  }
}

test(
  `whatever goes wrong, no delivery is lost or invented, and no stale claim writes (from seed ${seed} on)`,
  { timeout: runs * Math.max(180_000, chaosMs * 5) },
  async () => {
    for (let current = seed; current < seed + runs; current++) {
      const { violations, end, accepted, deliveries, counts } = await simulate({ seed: current, chaosMs })
      const told = `seed ${current}\n${end}\nSIGNALBOX_SIMULATION_SEED=${current} shows it again`
      expect(violations, told).toEqual([])
      expect(accepted, told).toBeGreaterThan(chaosMs / 500)
      expect(deliveries, told).toBeGreaterThanOrEqual(accepted * 3)
      expect(Math.min(counts.claimed, counts.retried), told).toBeGreaterThan(0)
    }
  },
)

test('the same seed tells the same story, to the statement', async () => {
  const [first, second] = [await simulate({ seed, chaosMs: 2_000 }), await simulate({ seed, chaosMs: 2_000 })]
  expect(second.digest).toBe(first.digest)
})

/** Statements with the very mistake that the checks are there for. */
const plantedBugs: readonly (readonly [name: string, statement: string, from: string, to: string, found: RegExp])[] = [
  [
    'a completion that names no claim',
    'finish_deliveries',
    'and q.claim_id = v.claim_id',
    '',
    /finish_deliveries wrote .* under the claim/,
  ],
  [
    'a worker that takes lanes of the living',
    'take_lanes',
    'or k.alive_until < now()',
    'or k.alive_until is not null',
    /^lane \d+ was taken from \d+, who lives/,
  ],
  [
    'a heartbeat that takes from the living',
    'beat',
    'or w.alive_until < now()) and q.claimed_by',
    "or w.alive_until < now() + interval '9 s') and q.claimed_by",
    /was taken from worker \d+, who lives/,
  ],
  [
    'an expiry that drops what it ends',
    'expire_deliveries',
    'attempt from gone',
    'attempt from gone where false',
    /left the queue, and is in no history/,
  ],
]

test.each(plantedBugs)('%s is caught', async (_name, statement, from, to, found) => {
  let planted = false
  let violations: readonly string[] = []
  // Not every story has the moment in which this mistake shows.
  for (let current = seed; !violations.some((one) => found.test(one)) && current < seed + 10; current++) {
    const simulated = await simulate({ seed: current, chaosMs: 60_000 }, (given) => {
      // Of as many rows as it may have.
      if (given.name.split(' ')[0] !== statement) return given
      planted = given.text.includes(from)
      return { name: given.name, text: given.text.replaceAll(from, to) }
    })
    violations = simulated.violations
  }
  expect(planted).toBe(true)
  expect(violations.join('\n')).toMatch(found)
})
