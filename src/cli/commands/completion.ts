import { Argument, type Command } from 'commander'
import { describeCommands } from '../describe-commands.ts'
import { printStyled } from '../print.ts'
import { shells, writeCompletion, type Shell } from '../write-completion.ts'

export function completionCommand(program: Command): void {
  program
    .command('completion')
    .description('a script that completes commands and options: source it, or save it where your shell looks')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => printStyled(writeCompletion(shell, describeCommands(program)).trimEnd()))
}
