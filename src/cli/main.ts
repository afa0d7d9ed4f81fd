import { Command } from 'commander'
import { version } from '../server/version.ts'
import { dbCommands } from './commands/db.ts'
import { deliveryCommands } from './commands/deliveries.ts'
import { eventCommands } from './commands/events.ts'
import { listenCommand } from './commands/listen.ts'
import { loginCommand } from './commands/login.ts'
import { meCommand } from './commands/me.ts'
import { serveCommand } from './commands/serve.ts'
import { tryCommand } from './commands/try.ts'
import { reportFailure } from './failures.ts'

const program = new Command('signalbox')
  .description('Webhook automations for machine-learning teams.')
  .version(version)
  .option('--json', 'one JSON value on standard output, and nothing else')
  .option('--url <url>', 'the server; also SIGNALBOX_URL')
  .option('--api-key <key>', 'also SIGNALBOX_API_KEY, or what login remembered')
  .configureOutput({
    outputError: (text, write) =>
      write(text.replace(/^error: /, 'That cannot be done like this: ') + 'try: signalbox --help\n'),
  })
  .showHelpAfterError(false)

for (const add of [
  tryCommand,
  serveCommand,
  loginCommand,
  meCommand,
  dbCommands,
  eventCommands,
  deliveryCommands,
  listenCommand,
])
  add(program)
exitInsteadOfEnding(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = reportFailure(error)
  // A server that did not come up may have left something running.
  if (process.exitCode !== 0) setImmediate(() => process.exit())
}

/** Commander would end the process by itself, with exit codes of its own. */
function exitInsteadOfEnding(command: Command): void {
  command.exitOverride()
  for (const child of command.commands) exitInsteadOfEnding(child)
}
