import type { Command } from 'commander'

/** A command as documents and completion need it. */
export interface DescribedCommand {
  /** `signalbox webhooks create` */
  readonly path: readonly string[]
  readonly usage: string
  readonly description: string
  readonly options: readonly DescribedOption[]
  readonly commands: readonly string[]
  /** What its first argument may be, where that is a choice. */
  readonly choices: readonly string[]
}

export interface DescribedOption {
  readonly flags: string
  /** `--name`, as it is typed. */
  readonly long: string
  readonly description: string
}

/** Every command of the tree, the root first, each before its own. */
export function describeCommands(command: Command, above: readonly string[] = []): readonly DescribedCommand[] {
  const path = [...above, command.name()]
  const described = {
    path,
    usage: [
      ...path,
      ...command.registeredArguments.map((one) => argument(one.name(), one.required, one.variadic)),
    ].join(' '),
    description: command.description(),
    options: command.options.flatMap(({ flags, long, description, hidden }) =>
      hidden || typeof long !== 'string' ? [] : [{ flags, long, description }],
    ),
    commands: command.commands.map((child) => child.name()),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  }
  return [described, ...command.commands.flatMap((child) => describeCommands(child, path))]
}

function argument(name: string, required: boolean, variadic: boolean): string {
  const text = variadic ? `${name}...` : name
  return required ? `<${text}>` : `[${text}]`
}
