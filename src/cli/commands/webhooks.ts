import type { Command } from 'commander'
import type { Webhook } from '../../contract/webhook.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { exitCodes, UsageError } from '../failures.ts'
import { findTeam } from '../find-team.ts'
import { print, printJson } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone, printThing, wantsJson } from '../print-thing.ts'
import { readText, wholeNumber } from '../read-option.ts'
import { requireChange } from '../require-change.ts'
import { showWebhookTest } from '../show-webhook-test.ts'
import { addWebhookOptions, refuseReceiverAsServer, webhookSettings } from '../webhook-options.ts'

interface Of {
  readonly team?: string
}

interface TestOptions {
  readonly payload?: string
  readonly event?: string
  readonly sample?: string
}

export function webhookCommands(program: Command): void {
  const webhooks = program.command('webhooks').description('where requests go, and how')
  const inTeam = (command: Command): Command =>
    command.option('--team <team>', 'by name or id; your only team when left out')

  inTeam(addListOptions(webhooks.command('list').description('webhooks of a team'))).action(
    async ({ team }: Of, command: Command) => {
      const { client } = clientFor(command)
      const of = await findTeam(client, team)
      await printList(command, (query) => client.webhooks.list(of, query), {
        columns: [
          ['webhook', (webhook) => webhook.id],
          ['name', (webhook) => webhook.name],
          ['url', (webhook) => webhook.url],
          ['state', stateOf],
          ['revision', (webhook) => webhook.revision],
        ],
        whenEmpty: 'No webhooks.',
      })
    },
  )

  webhooks
    .command('show <id>')
    .description('one webhook')
    .action(async (id: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.webhooks.get(id))
    })

  addWebhookOptions(
    inTeam(webhooks.command('create').description('a new webhook; its signing secret is shown once')),
  ).action(async ({ team }: Of, command: Command) => {
    refuseReceiverAsServer(command, process.argv)
    const { client } = clientFor(command)
    const { name, url, ...settings } = webhookSettings(command)
    if (name === undefined || url === undefined)
      throw new UsageError('a webhook has a name and an address', '--name deploy-bot --to https://example.com/hook')
    const made = await client.webhooks.create(await findTeam(client, team), { name, url, ...settings })
    if (wantsJson(command)) return printJson(made)
    print(`${made.id} “${made.name}” is made.`)
    print(`signing secret  ${made.signing_secret}  (shown this once: the receiver verifies with it)`)
    for (const warning of made.warnings) print(`warning  ${warning}`)
  })

  addWebhookOptions(webhooks.command('edit <id>').description('change what the options name'))
    .option('--force', 'also where payloads lose a secret that they hold')
    .action(async (id: string, { force }: { readonly force?: true }, command: Command) => {
      refuseReceiverAsServer(command, process.argv)
      requireChange(command)
      const { client } = clientFor(command)
      const { revision, retry } = await client.webhooks.get(id)
      const settings = webhookSettings(command, retry)
      const changed = await client.webhooks.update(id, { revision, ...settings }, force === true ? { force } : {})
      printDone(command, changed, `${changed.id} is at revision ${changed.revision}.`)
      if (!wantsJson(command)) for (const warning of changed.warnings) print(`warning  ${warning}`)
    })

  for (const [verb, about] of [
    ['pause', 'hold what would be sent'],
    ['resume', 'send what was held'],
    ['enable', 'send again to a receiver that had said it is gone for good'],
  ] as const)
    webhooks
      .command(`${verb} <id>`)
      .description(about)
      .action(async (id: string, _options: unknown, command: Command) => {
        const webhook = await clientFor(command).client.webhooks[verb](id)
        printDone(command, webhook, `${webhook.id} “${webhook.name}” ${tellState(webhook)}.${tellHeld(webhook)}`)
      })

  webhooks
    .command('rotate-secret <id>')
    .description('a new signing secret, shown once; earlier ones sign too for a while')
    .option('--overlap <hours>', 'how long', wholeNumber('number of hours', 0, 720, '--overlap 24'), 24)
    .action(async (id: string, { overlap }: { readonly overlap: number }, command: Command) => {
      const rotated = await clientFor(command).client.webhooks.rotateSigningSecret(id, { overlap_hours: overlap })
      printDone(command, rotated, `${rotated.signing_secret}  (shown this once; ${rotated.items.length} sign now)`)
    })

  addWebhookOptions(
    webhooks
      .command('test <id>')
      .description('send one request now, with the settings that options name; exit code 6 when it is not taken'),
  )
    .option('--payload <template>', 'a payload template, @file, or - for standard input')
    .option('--event <id>', 'fill it from an event that happened')
    .option('--sample <type>', 'or from an example of this event type')
    .action(async (id: string, options: TestOptions, command: Command) => {
      refuseReceiverAsServer(command, process.argv)
      const { payload, event, sample } = options
      const changes = webhookSettings(command)
      const tested = await clientFor(command).client.webhooks.test(id, {
        ...(Object.keys(changes).length === 0 ? {} : { changes }),
        ...(payload === undefined
          ? {}
          : {
              payload: {
                template: readText(payload),
                ...(event === undefined ? {} : { event }),
                ...(sample === undefined ? {} : { sample: sample as never }),
              },
            }),
      })
      if (wantsJson(command)) printJson(tested)
      else showWebhookTest(tested)
      if (!tested.ok) process.exitCode = exitCodes.testFailed
    })

  webhooks
    .command('script <id>')
    .description('a shell script that reproduces its requests; values come from the environment')
    .action(async (id: string, _options: unknown, command: Command) => {
      const { script } = await clientFor(command).client.webhooks.script(id)
      printDone(command, { script }, script.trimEnd())
    })

  inTeam(webhooks.command('check-url <url>').description('what the guard would say of an address')).action(
    async (url: string, { team }: Of, command: Command) => {
      const { client } = clientFor(command)
      const verdict = await client.webhooks.checkUrl(await findTeam(client, team), url)
      if (wantsJson(command)) return printJson(verdict)
      print(verdict.ok ? 'It would be saved.' : 'It would be refused.')
      for (const { detail } of verdict.mistakes) print(`  ${detail}`)
      for (const warning of verdict.warnings) print(`  warning: ${warning}`)
    },
  )

  addDeleteOptions(webhooks.command('delete <id>').description('delete a webhook; its history stays'), {
    force: true,
  }).action(async (id: string, _options: unknown, command: Command) => {
    await clientFor(command).client.webhooks.delete(id, await confirmDelete(command, `the webhook ${id}`))
    printDone(command, null, `${id} is deleted.`)
  })
}

function stateOf({ paused, disabled, misconfigured }: Webhook): string {
  if (disabled !== null) return `disabled: ${disabled.reason}`
  if (misconfigured !== null) return `misconfigured: ${misconfigured}`
  return paused ? 'paused' : 'sends'
}

/** Each verb changes one of two things; the other may keep it from sending all the same. */
function tellState({ paused, disabled }: Webhook): string {
  if (disabled === null) return paused ? 'holds what comes' : 'sends'
  return paused ? 'is disabled and paused: it sends nothing' : 'is disabled: it sends nothing'
}

function tellHeld({ held }: Webhook): string {
  if (held === null || held === 0) return ''
  return held === 1 ? ' 1 delivery waits.' : ` ${held} deliveries wait.`
}

function show(command: Command, webhook: Webhook): void {
  const { retry, tls } = webhook
  printThing(
    command,
    webhook,
    [webhook.id, webhook.name],
    [
      ['team', webhook.team],
      ['url', webhook.url],
      ['state', stateOf(webhook)],
      ['held', webhook.held],
      ['access token', webhook.access_token],
      ['secret', webhook.secret],
      ['granted secrets', webhook.granted_secrets],
      ['headers', webhook.headers.map(({ name, value }) => `${name}: ${value ?? '(for admins)'}`)],
      ['signature', webhook.signature_encoding],
      ['timeout', `${webhook.timeout_ms} ms`],
      ['retry', `${retry.attempts_max} attempts, waits from ${retry.delay_ms_min} to ${retry.delay_ms_max} ms`],
      ['at a time', webhook.concurrency_max],
      ['a second', webhook.rate_per_second],
      ['in order', webhook.in_order],
      ['tls', [...(tls.ca === null ? [] : ['a private authority']), ...(tls.verify ? [] : ['not verified'])]],
      ['revision', webhook.revision],
    ],
  )
}
