import { NewAutomation } from '../../src/contract/automation.ts'
import { Problem } from '../../src/contract/problem.ts'
import { NewWebhook } from '../../src/contract/webhook.ts'
import type { Context } from '../../src/server/access/context.ts'
import { createAutomation } from '../../src/server/automations/create-automation.ts'
import { makeUuid, spellUuid } from '../../src/server/base/ids.ts'
import { silentLog } from '../../src/server/base/log.ts'
import { openDatabase, type Statement } from '../../src/server/database/database.ts'
import { cancelDelivery, tryDeliveryNow } from '../../src/server/deliveries/act-on-delivery.ts'
import { pauseAutomation, resumeAutomation } from '../../src/server/deliveries/pause-automation.ts'
import { expireDeliveries } from '../../src/server/deliveries/queue/expire-deliveries.ts'
import type { DoorEvent } from '../../src/server/events/event-door.ts'
import { redeliverDelivery } from '../../src/server/events/redeliver-delivery.ts'
import { createWebhook } from '../../src/server/webhooks/create-webhook.ts'
import { pauseWebhook, resumeWebhook } from '../../src/server/webhooks/pause-webhook.ts'
import { rotateSigningSecret } from '../../src/server/webhooks/rotate-signing-secret.ts'
import { makeTestKeyring } from '../support/keyring.ts'
import { makeTeam } from '../support/team.ts'
import { findMistakes } from './account.ts'
import { makeChance } from './chance.ts'
import { withSimulatedNow } from './journal.ts'
import { makeQueueObserver, type QueueObserver } from './queue-observer.ts'
import { frozenMs, makeSimulatedDatabase } from './simulated-database.ts'
import { makeSimulatedNetwork, type Health } from './simulated-network.ts'
import { makeSimulatedProcess } from './simulated-process.ts'
import { makeWakeChannel, startSimulatedSignalbox, type SimulatedSignalbox } from './simulated-signalbox.ts'
import { makeSimulatedTime } from './simulated-time.ts'
import { makeStory } from './story.ts'

export interface SimulatedQueue {
  readonly digest: string
  readonly accepted: number
  readonly deliveries: number
  readonly counts: QueueObserver['counts']
  /** What must never happen and did; empty when all is well. */
  readonly violations: readonly string[]
  /** The last lines of the story. */
  readonly end: string
}

export interface SimulationOptions {
  readonly seed: number
  /** An empty, migrated database of its own. */
  readonly databaseUrl: string
  /** How long everything goes wrong, in simulated time; afterwards everything heals. */
  readonly chaosMs: number
  readonly variant?: (statement: Statement) => Statement
}

const processesMax = 4
const calmMs = 30_000
const healingMsMax = 20 * 60_000

/**
 * A few processes on one database, and everything that can happen to them, in an order that the seed decides: events,
 * retries, pauses, rotations, redeliveries, cancellations, expiry; processes killed, frozen, drained and started; statements
 * and answers lost, hints lost, clocks put forward and back, receivers that fail. Then it heals, and the books are balanced.
 */
export async function simulateQueue({
  seed,
  databaseUrl,
  chaosMs,
  variant,
}: SimulationOptions): Promise<SimulatedQueue> {
  const real = openDatabase({ url: withSimulatedNow(databaseUrl), prepare: true, connectionsMax: 1, log: silentLog })
  const chance = makeChance(seed)
  // Ids of this run come after those of an earlier one in the same process: that is what their order goes by.
  const start = Date.now() + runs++ * 24 * 3600_000
  const time = makeSimulatedTime(start)
  const story = makeStory(() => time.now() - start)
  const observer = makeQueueObserver(time.now)
  const wakes = makeWakeChannel(chance)
  const network = makeSimulatedNetwork(time, chance)
  const simulated = await makeSimulatedDatabase({
    real,
    time,
    chance,
    observer,
    variant,
    onNotify: wakes.notify,
    tell: story.tell,
  })

  const operator = makeSimulatedProcess(0, time)
  const keyring = await makeTestKeyring(simulated.db)
  const team = await makeTeam(simulated.db, operator.clock)
  const contextOf = ({ db, process }: Pick<SimulatedSignalbox, 'db' | 'process'>): Context => ({
    ...team.admin.context,
    db,
    clock: process.clock,
  })
  const outside = contextOf({ db: simulated.db, process: operator })
  const webhookParts = { keyring, checkUrl: async () => ({ mistakes: [], warnings: [] }), allowUnverifiedTls: false }
  const [webhooks, automations] = [[] as { ref: string; id: number }[], [] as string[]]
  for (const settings of [
    { concurrency_max: 3 },
    { concurrency_max: 5, rate_per_second: 10 },
    { concurrency_max: 4, in_order: true },
  ]) {
    const webhook = await createWebhook(
      { ...webhookParts, wake() {} },
      outside,
      team.team,
      NewWebhook.parse({
        name: `hook-${webhooks.length}`,
        url: 'https://receiver.example/',
        retry: { attempts_max: 8, delay_ms_min: 100, delay_ms_max: 5_000 },
        ...settings,
      }),
    )
    webhooks.push({ ref: webhook.id, id: Number(webhook.id.replace('whk_', '')) })
    const automation = await createAutomation(
      outside,
      { project: team.project },
      NewAutomation.parse({
        name: `automation-${automations.length}`,
        event_type: 'CUSTOM',
        fires_per_minute_max: 0,
        action: { type: 'webhook', webhook: webhook.id, template: '{"data": ${event_data}}' },
      }),
    )
    automations.push(automation.id)
  }

  const accepted = new Set<string>()
  const running = new Set<SimulatedSignalbox>()
  let started = 0

  async function startOne(role: SimulatedSignalbox['role']): Promise<void> {
    const process = makeSimulatedProcess(++started, time)
    story.tell(`process ${process.number} starts as ${role}`)
    try {
      const one = await startSimulatedSignalbox({
        process,
        role,
        db: simulated.for(process),
        chance,
        network,
        wakes,
        onStart(messageId, book) {
          observer.seeStart(messageId, book.workerId())
        },
      })
      running.add(one)
    } catch {
      process.kill() // The database was away when it started.
    }
  }

  function anEvent(process: SimulatedSignalbox['process']): DoorEvent {
    const at = process.clock.now()
    const subject = `subject-${chance.between(1, 3)}`
    return {
      snapshot: {
        id: makeUuid(at),
        type: 'CUSTOM',
        at,
        author: null,
        places: [
          {
            projectId: team.projectId,
            project: 'models',
            entityId: team.teamId,
            entity: team.team,
            organizationEntityId: null,
          },
        ],
        facts: { name: 'simulated', subject, data: {} },
      },
      subject: `custom:${team.projectId}:${subject}`,
      entityId: team.teamId,
      projectId: team.projectId,
      actorId: null,
    }
  }

  const acts: readonly (readonly [
    weight: number,
    name: string,
    act: (one: SimulatedSignalbox) => Promise<unknown> | void,
  ])[] = [
    [
      60,
      'events come in',
      async ({ door, process }) => {
        const events = Array.from({ length: chance.between(1, 5) }, () => anEvent(process))
        await Promise.all(events.map((event) => door.record(event).then(({ eventId }) => accepted.add(eventId))))
      },
    ],
    [1, 'is killed', ({ process }) => process.kill()],
    [1, 'drains', ({ engine, process }) => engine.drain().then(() => process.kill())],
    [4, 'freezes', ({ process }) => process.freeze(chance.between(...frozenMs))],
    [1, 'has its clock put', ({ process }) => process.turnClock(chance.between(-60_000, 60_000))],
    [4, 'pauses a webhook', (one) => pauseWebhook(contextOf(one), chance.pick(webhooks)!.ref)],
    [6, 'resumes a webhook', (one) => resumeWebhook(one.engine, contextOf(one), chance.pick(webhooks)!.ref)],
    [4, 'pauses an automation', (one) => pauseAutomation(contextOf(one), chance.pick(automations)!)],
    [6, 'resumes an automation', (one) => resumeAutomation(one.engine, contextOf(one), chance.pick(automations)!)],
    [
      2,
      'rotates a signing secret',
      (one) => rotateSigningSecret(webhookParts, contextOf(one), chance.pick(webhooks)!.ref, { overlap_hours: 0 }),
    ],
    [8, 'cancels', (one) => onDelivery(observer.unfinished, (ref) => cancelDelivery(one.engine, contextOf(one), ref))],
    [
      8,
      'tries now',
      (one) => onDelivery(observer.unfinished, (ref) => tryDeliveryNow(one.engine, contextOf(one), ref)),
    ],
    [
      8,
      'redelivers',
      (one) =>
        onDelivery(observer.finished, (ref) =>
          redeliverDelivery(one.engine, contextOf(one), ref, { mode: chance.happens(0.5) ? 'same' : 'anew' }),
        ),
    ],
    [2, 'expires', (one) => expireDeliveries(one.db, new Date(time.now() - 15_000))],
    [
      3,
      'sees a receiver change',
      () => network.setHealth(chance.pick(webhooks)!.id, chance.pick<Health>(['up', 'up', 'flaky', 'down'])!),
    ],
  ]
  const weights = acts.flatMap((act) => Array.from({ length: act[0] }, () => act))

  function onDelivery(
    of: ReadonlyMap<string, unknown>,
    act: (ref: string) => Promise<unknown>,
  ): Promise<unknown> | void {
    const id = chance.pick([...of.keys()].toSorted())
    if (id !== undefined) return act(spellUuid('delivery', id))
  }

  function actOnce(): void {
    for (const one of running) if (one.process.isDead()) running.delete(one)
    const sending = [...running].filter(({ role }) => role !== 'api')
    if (sending.length === 0 || (running.size < processesMax && chance.happens(0.1)))
      return void startOne(sending.length === 0 ? 'all' : chance.pick(['all', 'api', 'worker'] as const)!)
    const one = chance.pick([...running])!
    const [, name, act] = chance.pick(weights)!
    story.tell(`process ${one.process.number} ${name}`)
    Promise.resolve(act(one)).catch(refusedOrLost)
  }

  const isWell = (): boolean => observer.violations.length === 0
  let chaos = true
  const actAgain = (): void => {
    if (!chaos) return
    actOnce()
    time.at(chance.between(1, 300), actAgain)
  }

  simulated.faultsPerStatement = 0.02
  actAgain()
  const chaosEnds = time.now() + chaosMs
  while (isWell() && time.advance(chaosEnds)) await simulated.settled()

  chaos = false
  simulated.faultsPerStatement = 0
  for (const { process } of running) process.turnClock(0)
  // What was frozen thaws, and does what it was about to do.
  const calm = time.now() + calmMs
  while (isWell() && time.advance(calm)) await simulated.settled()
  for (const { id, ref } of webhooks) {
    network.setHealth(id, 'up')
    await resumeWebhook({ wake() {} }, outside, ref)
  }
  for (const ref of automations) await resumeAutomation({ wake() {} }, outside, ref)
  await startOne('worker')
  const healed = time.now() + healingMsMax
  while (isWell() && observer.unfinished.size > 0 && time.advance(healed)) await simulated.settled()
  for (const { process } of running) process.kill()

  const mistakes = isWell()
    ? await findMistakes(real, { observer, accepted, automations: automations.length, network })
    : []
  await real.close()
  return {
    digest: story.digest(),
    accepted: accepted.size,
    deliveries: observer.finished.size,
    counts: observer.counts,
    violations: [...observer.violations, ...mistakes],
    end: story.end(),
  }
}

let runs = 0

/** A verb may refuse what does not fit the moment, and the database may be away; anything else is a mistake of ours. */
function refusedOrLost(error: unknown): void {
  const known =
    error instanceof Problem || (error instanceof Error && /connection (was lost|terminated)/i.test(error.message))
  if (!known) throw error
}
