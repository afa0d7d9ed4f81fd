import type { Command } from 'commander'
import {
  endedStates,
  redeliveryLimits,
  unsentStates,
  type MassRedelivery,
  type NewRedelivery,
  type Cancellation,
} from '../../contract/redelivery.ts'
import type { connect } from '../../sdk/connect.ts'
import { clientFor } from '../client-for.ts'
import { confirmMany } from '../confirm.ts'
import { UsageError } from '../failures.ts'
import { addFilterOptions, filterOf, readListOf, type FilterOptions } from '../filter-options.ts'
import { findTeam } from '../find-team.ts'
import { print, printJson, relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone, wantsJson } from '../print-thing.ts'
import { spellEstimate, spellProgress, spellSpan } from '../redelivery-texts.ts'
import { watchForStop } from '../watch-for-stop.ts'

type Client = ReturnType<typeof connect>

interface RedeliverOptions extends FilterOptions {
  readonly states?: NewRedelivery['states']
  readonly anew?: true
  readonly rate?: number
  readonly estimate?: true
  readonly detach?: true
}

interface CancelOptions extends FilterOptions {
  readonly states?: Cancellation['states']
  readonly estimate?: true
}

/** Below `deliveries`: many at once, by a filter. */
export function addManyCommands(deliveries: Command): void {
  addFilterOptions(
    deliveries.command('redeliver-failed').description('send all again that failed, at a pace; shows how many first'),
  )
    .option('--states <states>', `not only failed: ${endedStates.join(', ')}`, readListOf('state', endedStates))
    .option('--anew', 'rendered by what their automations say today')
    .option('--rate <n>', 'so many per second', readRate)
    .option('--estimate', 'only say how many, and how long it takes')
    .option('--yes', 'do not ask')
    .option('--detach', 'do not wait for the end')
    .action(async (options: RedeliverOptions, command: Command) => {
      const { client } = clientFor(command)
      const { states, anew, rate, estimate, detach } = options
      const asked = {
        ...filterOf(options),
        ...(states === undefined ? {} : { states }),
        ...(anew === true ? { mode: 'anew' as const } : {}),
        ...(rate === undefined ? {} : { rate_per_second: rate }),
      }
      const told = await client.redeliveries.estimate(asked)
      if (estimate === true || told.count === 0) return printDone(command, told, spellEstimate(told, new Date()))
      await confirmMany(command, spellEstimate(told, new Date()), 'Redeliver')
      const started = await client.redeliveries.start(asked)
      if (detach === true) printDone(command, started, spellProgress(started))
      else await showUntilOver(client, command, started)
    })

  addFilterOptions(
    deliveries.command('cancel-waiting').description('end all that wait or are held; shows how many first'),
  )
    .option('--states <states>', `only some of ${unsentStates.join(', ')}`, readListOf('state', unsentStates))
    .option('--estimate', 'only say how many')
    .option('--yes', 'do not ask')
    .action(async (options: CancelOptions, command: Command) => {
      const { client } = clientFor(command)
      const { states, estimate } = options
      const asked = { ...filterOf(options), ...(states === undefined ? {} : { states }) }
      const told = await client.deliveries.estimateCancellation(asked)
      if (estimate === true || told.count === 0) return printDone(command, told, spellSpan(told, new Date()))
      await confirmMany(command, spellSpan(told, new Date()), 'Cancel')
      let cancelled = 0
      for (let more = true; more;) {
        const answer = await client.deliveries.cancelMany(asked)
        cancelled += answer.cancelled
        more = answer.more
      }
      printDone(
        command,
        { cancelled },
        cancelled === 1 ? '1 delivery is cancelled.' : `${cancelled} deliveries are cancelled.`,
      )
    })
}

export function redeliveryCommands(program: Command): void {
  const redeliveries = program.command('redeliveries').description('many deliveries that are sent again at a pace')

  addListOptions(redeliveries.command('list').description('redeliveries of a team, newest first'))
    .option('--team <team>', 'by name or id; your only team when left out')
    .action(async ({ team: given }: { readonly team?: string }, command: Command) => {
      const { client } = clientFor(command)
      const team = await findTeam(client, given)
      const now = new Date()
      await printList(command, (query) => client.redeliveries.list({ team, ...query }), {
        columns: [
          ['redelivery', ({ id }) => id],
          ['state', ({ state }) => state],
          ['made', ({ made, total }) => `${made} of ${total}`],
          ['delivered', ({ succeeded }) => succeeded],
          ['failed', ({ failed }) => failed],
          [
            'to',
            ({ webhook_name: webhook, automation_name, project_name, team: of }) =>
              webhook ?? automation_name ?? project_name ?? of,
          ],
          ['by', ({ created_by: by }) => by],
          ['started', ({ created_at: at }) => relativeTime(at, now)],
        ],
        whenEmpty: 'No redeliveries.',
      })
    })

  redeliveries
    .command('show <id>')
    .description('how far it is, and why any were skipped')
    .option('--watch', 'until it is over')
    .action(async (id: string, { watch }: { readonly watch?: true }, command: Command) => {
      const { client } = clientFor(command)
      const redelivery = await client.redeliveries.get(id)
      if (watch === true) await showUntilOver(client, command, redelivery)
      else show(command, redelivery)
    })

  for (const [verb, about] of [
    ['pause', 'make no more ready for now'],
    ['resume', 'go on with what was paused'],
    ['stop', 'end it where it is; what it made goes on'],
  ] as const)
    redeliveries
      .command(`${verb} <id>`)
      .description(about)
      .action(async (id: string, _options: unknown, command: Command) => {
        const redelivery = await clientFor(command).client.redeliveries[verb](id)
        printDone(command, redelivery, spellProgress(redelivery))
      })
}

const lookMs = 1_000

/** A line for each change, until all of it has ended; Ctrl-C leaves it going on. */
async function showUntilOver(client: Client, command: Command, first: MassRedelivery): Promise<void> {
  const stop = watchForStop()
  let redelivery = first
  let told = ''
  for (;;) {
    const line = spellProgress(redelivery)
    if (line !== told && !wantsJson(command)) print(line)
    told = line
    const isOver = redelivery.state !== 'running' && redelivery.under_way === 0
    if (isOver || redelivery.state === 'paused') break
    await Promise.race([stop.asked, new Promise((resolve) => setTimeout(resolve, lookMs))])
    if (stop.isAsked()) {
      if (!wantsJson(command)) print(`It goes on. To end it: signalbox redeliveries stop ${redelivery.id}`)
      break
    }
    redelivery = await client.redeliveries.get(redelivery.id)
  }
  if (wantsJson(command)) printJson(redelivery)
  else tellSkipped(redelivery)
}

function show(command: Command, redelivery: MassRedelivery): void {
  printDone(command, redelivery, spellProgress(redelivery))
  if (!wantsJson(command)) tellSkipped(redelivery)
}

function tellSkipped({ reason, skipped_because: skipped }: MassRedelivery): void {
  if (reason !== null) print(`  ${reason}`)
  for (const { reason: why, count } of skipped) print(`  ${count} skipped: ${why}`)
}

function readRate(text: string): number {
  const { ratePerSecondMin: min, ratePerSecondMax: max } = redeliveryLimits
  const rate = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (rate >= min && rate <= max) return rate
  throw new UsageError(`“${text}” is no speed: a number from ${min} to ${max}`, '--rate 20')
}
