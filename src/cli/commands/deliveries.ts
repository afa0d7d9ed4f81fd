import type { Command } from 'commander'
import { deliveryStates, type Attempt, type Delivery, type DeliveryState } from '../../contract/delivery.ts'
import { clientFor, type GlobalOptions } from '../client-for.ts'
import { UsageError } from '../failures.ts'
import { bold, dim, print, printJson, printTable, relativeTime } from '../print.ts'

interface ListOptions {
  readonly webhook?: string
  readonly team?: string
  readonly automation?: string
  readonly event?: string
  readonly state?: string
  readonly limit: number
  readonly cursor?: string
}

export function deliveryCommands(program: Command): void {
  const deliveries = program.command('deliveries').description('look at what was sent, and what came of it')

  deliveries
    .command('list')
    .description('deliveries by webhook, team, automation or event, newest first')
    .option('--webhook <id>')
    .option('--team <team>')
    .option('--automation <id>')
    .option('--event <id>')
    .option('--state <state>', deliveryStates.join(', '))
    .option('--limit <n>', 'how many', Number, 20)
    .option('--cursor <cursor>', 'the page after this one')
    .action(async (options: ListOptions, command: Command) => {
      const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
      const { webhook, team, automation, event, state, limit, cursor } = options
      const page = await client.deliveries.list({
        webhook,
        team,
        automation,
        event,
        state: readState(state),
        limit,
        cursor,
      })
      if (json) return printJson(page)
      const now = new Date()
      printTable(
        page.items,
        [
          ['delivery', (delivery) => delivery.id],
          ['state', (delivery) => delivery.state],
          ['attempts', (delivery) => delivery.attempts],
          ['webhook', (delivery) => delivery.webhook],
          ['made', (delivery) => relativeTime(delivery.created_at, now)],
          ['next attempt', (delivery) => relativeTime(delivery.next_attempt_at, now)],
          ['reason', (delivery) => delivery.reason],
        ],
        'No deliveries.',
      )
      if (page.next !== null) print(`more: --cursor ${page.next}`)
    })

  deliveries
    .command('show <id>')
    .description('one delivery: its payload and every attempt')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command.optsWithGlobals<GlobalOptions>())
      const delivery = await client.deliveries.get(id)
      if (json) printJson(delivery)
      else show(delivery)
    })
}

function readState(state: string | undefined): DeliveryState | undefined {
  if (state === undefined) return undefined
  const known = deliveryStates.find((candidate) => candidate === state)
  if (known === undefined) throw new UsageError(`there is no state “${state}”`, `one of ${deliveryStates.join(', ')}`)
  return known
}

function show(delivery: Delivery): void {
  print(`${bold(delivery.id)}  ${delivery.state}${delivery.reason === null ? '' : `: ${delivery.reason}`}`)
  print(
    dim(
      `event ${delivery.event ?? '-'}  automation ${delivery.automation ?? '-'}  webhook ${delivery.webhook ?? '-'}  webhook-id ${delivery.message_id}`,
    ),
  )
  if (delivery.details === 'hidden')
    print('Payload, headers and answers are for members of the team that owns the webhook.')
  if (delivery.payload !== null) print(`\n${bold('payload')}\n${delivery.payload}`)
  for (const attempt of delivery.attempt_list) showAttempt(attempt)
}

function showAttempt(attempt: Attempt): void {
  const { number, at, outcome, status, detail, phases_ms: phases, request_headers: headers, response } = attempt
  print(
    `\n${bold(`attempt ${number}`)}  ${at}  ${outcome}${status === null ? '' : ` ${status}`}${detail === null ? '' : `: ${detail}`}`,
  )
  if (phases !== null) print(drawPhases(phases))
  for (const [name, value] of headers ?? []) print(dim(`  > ${name}: ${value}`))
  if (response === null) return
  for (const [name, value] of response.headers) print(dim(`  < ${name}: ${value}`))
  if (response.body !== null && response.body !== '') print(response.body)
}

const barChars = 40

/** One bar for the attempt, a piece for each phase, as long as it took. */
function drawPhases(phases: NonNullable<Attempt['phases_ms']>): string {
  const entries = Object.entries(phases)
  const total = entries.reduce((sum, [, ms]) => sum + ms, 0)
  const bar = entries
    .map(([name, ms]) => name[0]!.repeat(total === 0 ? 0 : Math.round((ms / total) * barChars)))
    .join('')
  const legend = entries.filter(([, ms]) => ms > 0).map(([name, ms]) => `${name.replace('_', ' ')} ${ms.toFixed(1)} ms`)
  return `  [${bar.padEnd(barChars).slice(0, barChars)}] ${legend.join(', ')}`
}
