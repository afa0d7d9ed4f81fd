import { EventEmitter } from 'node:events'
import type pg from 'pg'
import { makeLoopGuard } from '../../src/server/automations/loop-guard.ts'
import { makeRuleMemory } from '../../src/server/automations/rule-memory.ts'
import { silentLog } from '../../src/server/base/log.ts'
import type { Database } from '../../src/server/database/database.ts'
import { makeLaneBook, type LaneBook } from '../../src/server/deliveries/lanes/lane-book.ts'
import { makeEventDoor, type EventDoor } from '../../src/server/events/event-door.ts'
import { makeProfileFinder } from '../../src/server/webhooks/sending-profile.ts'
import { makeQuietEngine, startEngine, type Engine } from '../../src/server/work/engine.ts'
import type { Chance } from './chance.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import type { SimulatedProcess } from './simulated-process.ts'

/** One process of ours, put together as `main.ts` does it, but for time, chance, the database's connection and the network. */
export interface SimulatedSignalbox {
  readonly process: SimulatedProcess
  readonly role: 'all' | 'api' | 'worker'
  readonly db: Database
  readonly door: EventDoor
  readonly engine: Engine
}

export interface SimulatedSignalboxParts {
  readonly process: SimulatedProcess
  readonly role: SimulatedSignalbox['role']
  readonly db: Database
  readonly chance: Chance
  readonly network: SimulatedNetwork
  readonly wakes: WakeChannel
  readonly onStart: (messageId: string, book: LaneBook) => void
}

export async function startSimulatedSignalbox(parts: SimulatedSignalboxParts): Promise<SimulatedSignalbox> {
  const { process, role, db, chance, network, wakes, onStart } = parts
  const { clock, timers } = process
  const book = makeLaneBook(clock)
  const common = { db, clock, timers, log: silentLog }
  const engine =
    role === 'api'
      ? makeQuietEngine(common)
      : await startEngine({
          ...common,
          book,
          meter: { attempted() {}, leaseLost() {}, reclaimed() {} },
          version: 'simulated',
          random: () => chance.next(),
          sender: network.senderOf(process, (messageId) => onStart(messageId, book)),
          profileOf: makeProfileFinder(db),
          secretUses: { note() {}, flush: async () => {} },
          listen: async () => wakes.listen(process),
          alone: false,
          onReceiverGone: async () => {},
        })
  const recorder = {
    clock,
    memory: makeRuleMemory(),
    book,
    guard: makeLoopGuard(),
    onLoop() {},
    onRecorded() {},
    ...engine,
  }
  return { process, role, db, engine, door: makeEventDoor({ db, recorder, later: timers.later }) }
}

/** LISTEN and NOTIFY: a hint comes to every listener that is there, and may be lost on the way. */
export interface WakeChannel {
  listen(process: SimulatedProcess): pg.Client
  notify(payload: string): void
}

export function makeWakeChannel(chance: Chance): WakeChannel {
  const listeners = new Set<{ readonly process: SimulatedProcess; readonly client: EventEmitter }>()
  return {
    listen(process) {
      const client = new EventEmitter()
      const listener = { process, client }
      return Object.assign(client, {
        query: async () => void listeners.add(listener),
        end: async () => void listeners.delete(listener),
      }) as unknown as pg.Client
    },
    notify(payload) {
      for (const { process, client } of listeners)
        if (!chance.happens(0.1)) process.reach(() => void client.emit('notification', { payload }))
    },
  }
}
