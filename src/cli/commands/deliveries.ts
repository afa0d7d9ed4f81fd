import type { Command } from 'commander'
import { codeClasses, deliveryStates, type CodeClass, type DeliveryState } from '../../contract/delivery.ts'
import { clientFor } from '../client-for.ts'
import { UsageError } from '../failures.ts'
import { makeChoice } from '../make-choice.ts'
import { addManyCommands } from './redeliveries.ts'
import { findEvent, showDelivery } from '../show-delivery.ts'
import { printJson, relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone } from '../print-thing.ts'
import { readInstant } from '../read-option.ts'

interface Of {
  readonly webhook?: string
  readonly team?: string
  readonly automation?: string
  readonly project?: string
  readonly event?: string
  readonly state?: DeliveryState
  readonly code?: CodeClass
  readonly text?: string
  readonly after?: string
  readonly before?: string
}

export function deliveryCommands(program: Command): void {
  const deliveries = program.command('deliveries').description('look at what was sent, and what came of it')

  addListOptions(
    deliveries
      .command('list')
      .description('deliveries of a team, webhook, automation, project or event, or of several of these, newest first')
      .option('--team <team>', 'of its webhooks, by name or id')
      .option('--webhook <id>', 'whk_…')
      .option('--automation <id>', 'aut_…')
      .option('--project <project>', 'of the automations of a project or registry, by name or id')
      .option('--event <id>', 'evt_…')
      .option('--state <state>', deliveryStates.join(', '), readState)
      .addOption(makeChoice('--code <class>', 'by the last answer', codeClasses, readCode))
      .option('--text <text>', 'in the payload or an answer, with --after; secrets are not looked into')
      .option('--after <instant>', 'made then or later: 2h, 3d or ISO 8601', readInstant)
      .option('--before <instant>', 'made before', readInstant),
  ).action(
    async ({ webhook, team, automation, project, event, state, code, text, after, before }: Of, command: Command) => {
      const { client } = clientFor(command)
      const now = new Date()
      const of = { webhook, team, automation, project, event, state, code, text, after, before }
      await printList(command, (query) => client.deliveries.list({ ...of, ...query }), {
        columns: [
          ['delivery', (delivery) => delivery.id],
          ['state', (delivery) => delivery.state],
          ['attempts', (delivery) => delivery.attempts],
          ['webhook', (delivery) => delivery.webhook],
          ['event', (delivery) => delivery.event],
          ['made', (delivery) => relativeTime(delivery.created_at, now)],
          ['next attempt', ({ next_attempt_at: at }) => (at === null ? null : relativeTime(at, now))],
          ['reason', (delivery) => delivery.reason],
        ],
        whenEmpty: 'No deliveries.',
      })
    },
  )

  deliveries
    .command('show <id>')
    .description('one delivery: its event, its payload and every attempt')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { client, json } = clientFor(command)
      const delivery = await client.deliveries.get(id)
      if (json) return printJson(delivery)
      showDelivery(delivery, await findEvent(client, delivery.event))
    })

  deliveries
    .command('redeliver <id>')
    .description('send again what has ended')
    .option('--anew', 'rendered by what the automation says today')
    .option('--webhook <id>', 'whk_…: the same payload to another webhook')
    .action(async (id: string, { anew, webhook }: { anew?: true; webhook?: string }, command: Command) => {
      const mode = anew === true ? 'anew' : 'same'
      const made = await clientFor(command).client.deliveries.redeliver(id, { mode, webhook })
      printDone(command, made, `${made.id} is ${made.state}.`)
    })

  deliveries
    .command('try-now <id>')
    .description('bring the next attempt of a waiting delivery forward')
    .action(async (id: string, _options: unknown, command: Command) => {
      const delivery = await clientFor(command).client.deliveries.tryNow(id)
      printDone(command, delivery, `${delivery.id} is ${delivery.state}.`)
    })

  deliveries
    .command('cancel <id>')
    .description('end a delivery that waits or is held')
    .action(async (id: string, _options: unknown, command: Command) => {
      const delivery = await clientFor(command).client.deliveries.cancel(id)
      printDone(command, delivery, `${delivery.id} is ${delivery.state}.`)
    })

  addManyCommands(deliveries)
}

function readState(state: string): DeliveryState {
  const known = deliveryStates.find((candidate) => candidate === state)
  if (known === undefined) throw new UsageError(`“${state}” is no state`, `one of ${deliveryStates.join(', ')}`)
  return known
}

function readCode(text: string): CodeClass {
  const known = codeClasses.find((candidate) => candidate === text)
  if (known === undefined) throw new UsageError(`“${text}” is no class of answers`, `one of ${codeClasses.join(', ')}`)
  return known
}
