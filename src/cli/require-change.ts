import type { Command } from 'commander'
import { UsageError } from './failures.ts'

/** An edit that names nothing changes nothing, and would look as if it had. */
export function requireChange(command: Command): void {
  const named = Object.keys(command.opts()).filter((option) => command.getOptionValueSource(option) === 'cli')
  if (named.every((option) => option === 'force'))
    throw new UsageError(
      'no option says what to change, so nothing was changed',
      `signalbox ${command.parent?.name()} ${command.name()} --help`,
    )
}
