import { Command } from 'commander'
import { version } from '../server/version.ts'
import { automationCommands } from './commands/automations.ts'
import { collectionCommands } from './commands/collections.ts'
import { completionCommand } from './commands/completion.ts'
import { dbCommands } from './commands/db.ts'
import { deliveryCommands } from './commands/deliveries.ts'
import { eventCommands } from './commands/events.ts'
import { listenCommand } from './commands/listen.ts'
import { loginCommand } from './commands/login.ts'
import { meCommand } from './commands/me.ts'
import { projectCommands } from './commands/projects.ts'
import { redeliveryCommands } from './commands/redeliveries.ts'
import { registryCommands } from './commands/registries.ts'
import { secretCommands } from './commands/secrets.ts'
import { serveCommand } from './commands/serve.ts'
import { statsCommand } from './commands/stats.ts'
import { tryCommand } from './commands/try.ts'
import { versionCommands } from './commands/versions.ts'
import { webhookCommands } from './commands/webhooks.ts'
import { exitCodesInWords } from './failures.ts'

const commands = [
  tryCommand,
  serveCommand,
  dbCommands,
  loginCommand,
  meCommand,
  secretCommands,
  webhookCommands,
  automationCommands,
  projectCommands,
  registryCommands,
  collectionCommands,
  versionCommands,
  eventCommands,
  deliveryCommands,
  redeliveryCommands,
  statsCommand,
  listenCommand,
  completionCommand,
]

/** Every command, with its options; nothing runs yet. */
export function makeProgram(): Command {
  const program = new Command('signalbox')
    .description('Webhook automations for machine-learning teams.')
    .version(version)
    .option('--json', 'JSON on standard output, and nothing else')
    .option('--url <url>', 'the server; also SIGNALBOX_URL')
    .option('--api-key <key>', 'who asks; also SIGNALBOX_API_KEY, or what login remembered')
    .addHelpText('after', `\n${exitCodesInWords}`)
  for (const add of commands) add(program)
  return program
}
