import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { withinLimit } from '../figure.ts'
import { onServer } from '../house.ts'

const seconds = 30

/** Statements that a process with nothing to do sends in a minute: what it does outside of transactions is one each. */
export const idle: Bench = {
  name: 'idle',
  async run(house) {
    const signalbox = await house.startSignalbox({})
    const webhook = await signalbox.makeWebhook('/ok')
    await signalbox.makeAutomation(webhook)
    const url = new URL(signalbox.databaseUrl!)
    const name = url.pathname.slice(1)
    url.pathname = '/postgres'
    const count = async (): Promise<number> => {
      const { rows } = await onServer(
        url.href,
        `select xact_commit + xact_rollback as n from pg_stat_database where datname = '${name}'`,
      )
      return Number(rows[0]!['n'])
    }
    // What the making above left to do is over by then, and idle backends have told their counts.
    await pause(12_000)
    const before = await count()
    await pause(seconds * 1000)
    const perMinute = ((await count()) - before) * (60 / seconds)
    await signalbox.stop()
    return [withinLimit({ name: 'idle', value: perMinute, unit: 'statements/min' }, 40)]
  },
}
