import type { Command } from 'commander'
import { askOpenly } from './ask.ts'
import { RefusedError, UsageError } from './failures.ts'

/** For commands that take something away: `--yes` for scripts, `--force` for what the server would refuse. */
export function addDeleteOptions(command: Command, { force }: { readonly force: boolean }): Command {
  command.option('--yes', 'do not ask')
  return force ? command.option('--force', 'also while it is in use') : command
}

interface DeleteOptions {
  readonly yes?: true
  readonly force?: true
}

/** Says what is meant and asks on the terminal; where there is none, only `--yes` will do. */
export async function confirmMany(command: Command, what: string, verb: 'Redeliver' | 'Cancel'): Promise<void> {
  if (command.opts<DeleteOptions>().yes === true) return
  if (!process.stdin.isTTY) throw new UsageError(`${what}: this has to be confirmed`, 'the same with --yes')
  const answer = await askOpenly(`${what}. ${verb} them? [y/N] `)
  if (!/^y(es)?$/i.test(answer)) throw new RefusedError('nothing was done', 'the same, and answer y')
}

/** Asks on the terminal; where there is none, only `--yes` will do. Answers what the API takes as `force`. */
export async function confirmDelete(command: Command, what: string): Promise<{ readonly force?: true }> {
  const { yes, force } = command.opts<DeleteOptions>()
  if (yes !== true) {
    if (!process.stdin.isTTY) throw new UsageError(`deleting ${what} has to be confirmed`, 'the same with --yes')
    const answer = await askOpenly(`Delete ${what}? [y/N] `)
    if (!/^y(es)?$/i.test(answer)) throw new RefusedError('nothing was deleted', 'the same, and answer y')
  }
  return force === true ? { force } : {}
}
