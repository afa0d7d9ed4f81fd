import type { Command } from 'commander'
import { statsLimits, type Stats } from '../../contract/stats.ts'
import { clientFor } from '../client-for.ts'
import { print, printJson, printTable, relativeTime } from '../print.ts'
import { readMinutes } from '../read-option.ts'

interface Of {
  readonly team?: string
  readonly webhook?: string
  readonly automation?: string
  readonly minutes: number
}

export function statsCommand(program: Command): void {
  program
    .command('stats')
    .description('how deliveries go: results, latency, and what waits')
    .option('--team <team>', 'those of its webhooks, by name or id')
    .option('--webhook <id>', 'whk_…')
    .option('--automation <id>', 'aut_…')
    .option('--minutes <n>', 'how far back', readMinutes, statsLimits.minutesDefault)
    .action(async ({ team, webhook, automation, minutes }: Of, command: Command) => {
      const { client, json } = clientFor(command)
      const bucket = minutes > statsLimits.bucketsMax ? 'hour' : 'minute'
      const stats = await client.stats({ team, webhook, automation, minutes, bucket })
      if (json) printJson(stats)
      else show(stats, minutes)
    })
}

const statuses = ['succeeded', 'failed', 'skipped', 'cancelled', 'expired'] as const

function show(stats: Stats, minutes: number): void {
  const now = new Date()
  const counts = statuses.map((status) => stats.buckets.reduce((sum, bucket) => sum + bucket[status], 0))
  const { attempts, oldest_waiting: oldest } = stats
  print(`made in the last ${minutes} min  ${statuses.map((status, index) => `${counts[index]} ${status}`).join(', ')}`)
  if (stats.counted_from !== stats.from)
    print(`there were too many to count: those made before ${stats.counted_from} are counted in part, or not at all`)
  print(`attempts of those  ${attempts.count}, ${attempts.succeeded} succeeded${latencyOf(attempts)}`)
  print(
    `now  ${stats.waiting} waiting${oldest === null ? '' : ` (${oldest.delivery} since ${relativeTime(oldest.since, now)})`}, ${stats.held} held, ${stats.sending} sending`,
  )
  if (stats.lanes.length === 0) return
  print('')
  printTable(stats.lanes, [
    ['webhook', (lane) => lane.webhook],
    ['name', (lane) => lane.webhook_name],
    ['state', (lane) => lane.state],
    ['since', ({ since }) => (since === null ? null : relativeTime(since, now))],
    ['next try', ({ until }) => (until === null ? null : relativeTime(until, now))],
    ['waiting', (lane) => lane.waiting],
  ])
}

function latencyOf({ p50_ms: p50, p90_ms: p90, p99_ms: p99 }: Stats['attempts']): string {
  if (p50 === null || p90 === null || p99 === null) return ''
  return `; half took ${spellMs(p50)}, 90 % ${spellMs(p90)}, 99 % ${spellMs(p99)} at most`
}

function spellMs(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`
}
