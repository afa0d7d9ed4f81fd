import { Command, CommanderError } from 'commander'
import { version } from '../server/version.ts'
import { dbCommands } from './commands/db.ts'
import { deliveryCommands } from './commands/deliveries.ts'
import { eventCommands } from './commands/events.ts'
import { listenCommand } from './commands/listen.ts'
import { loginCommand } from './commands/login.ts'
import { meCommand } from './commands/me.ts'
import { serveCommand } from './commands/serve.ts'
import { statsCommand } from './commands/stats.ts'
import { tryCommand } from './commands/try.ts'
import { exitCodes, reportFailure, UsageError } from './failures.ts'

const commands = [
  tryCommand,
  serveCommand,
  dbCommands,
  loginCommand,
  meCommand,
  eventCommands,
  deliveryCommands,
  statsCommand,
  listenCommand,
]

const program = new Command('signalbox')
  .description('Webhook automations for machine-learning teams.')
  .version(version)
  .option('--json', 'JSON on standard output, and nothing else')
  .option('--url <url>', 'the server; also SIGNALBOX_URL')
  .option('--api-key <key>', 'who asks; also SIGNALBOX_API_KEY, or what login remembered')
  .addHelpText('after', '\nExit codes: 0 done, 1 our mistake, 2 usage, 3 refused, 4 not found, 5 server unreachable.')
for (const add of commands) add(program)
reportInsteadOfEnding(program)

// Whoever reads our output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.done)
})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) process.exitCode = reportFailure(error)
  else if (error.exitCode !== 0) process.exitCode = exitCodes.usage
  // What did not come up as a whole may have left a part running.
  if (process.exitCode !== undefined) setImmediate(() => process.exit())
}

/** Commander would print its complaints itself, and end the process with exit codes of its own. */
function reportInsteadOfEnding(command: Command, path: readonly string[] = []): void {
  const here = [...path, command.name()]
  command.configureOutput({ outputError: () => {} })
  command.exitOverride((error) => {
    // Help was asked for, or printed because a command is missing.
    if (error.exitCode === 0 || error.code === 'commander.help') throw error
    throw new UsageError(error.message.replace(/^error: /, ''), `${here.join(' ')} --help`)
  })
  for (const child of command.commands) reportInsteadOfEnding(child, here)
}
