import type { Command, Option } from 'commander'

/** A command as documents and completion need it. */
export interface DescribedCommand {
  /** `signalbox webhooks create` */
  readonly path: readonly string[]
  readonly usage: string
  readonly description: string
  readonly options: readonly DescribedOption[]
  readonly commands: readonly string[]
  /** What its arguments may be, where that is a choice. */
  readonly choices: readonly string[]
}

export interface DescribedOption {
  readonly flags: string
  /** `--name`, as it is typed. */
  readonly long: string
  readonly takesValue: boolean
  readonly choices: readonly string[]
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
    options: command.options.flatMap(describeOption),
    commands: command.commands.map((child) => child.name()),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }
  return [described, ...command.commands.flatMap((child) => describeCommands(child, path))]
}

function describeOption({ flags, long, description, hidden, required, optional, argChoices }: Option) {
  if (hidden || typeof long !== 'string') return []
  const choices = argChoices ?? []
  const about = choices.length === 0 ? description : `${description}: ${choices.join(', ')}`
  return [{ flags, long, description: about, takesValue: required || optional, choices }]
}

function argument(name: string, required: boolean, variadic: boolean): string {
  const text = variadic ? `${name}...` : name
  return required ? `<${text}>` : `[${text}]`
}
