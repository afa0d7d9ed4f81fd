import { CommanderError, type Command } from 'commander'
import { exitCodes, reportFailure, UsageError } from './failures.ts'
import { makeProgram } from './program.ts'

const program = makeProgram()
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
    throw new UsageError(complaintOf(error), `${here.join(' ')} --help`)
  })
  for (const child of command.commands) reportInsteadOfEnding(child, here)
}

/** Without the arguments that were too many: one of them may be a value that nobody should read in a log. */
function complaintOf({ code, message }: CommanderError): string {
  const complaint = message.replace(/^error: /, '')
  return code === 'commander.excessArguments' ? complaint.replace(/: [^]*$/, '') : complaint
}
