import type { DescribedCommand, DescribedOption } from './describe-commands.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What a shell needs to complete commands, options and choices. It asks nobody: names of webhooks and the like are not completed. */
export function writeCompletion(shell: Shell, described: readonly DescribedCommand[]): string {
  const everywhere = described[0]?.options.filter(({ long }) => long !== '--version') ?? []
  switch (shell) {
    case 'bash':
      return `${lookUp(described, everywhere)}
${bashFunction}`
    case 'zsh':
      return `#compdef signalbox
${lookUp(described, everywhere)}
${zshFunction}`
    case 'fish':
      return described.map((command) => fishLines(command, everywhere)).join('')
  }
}

/** Walks to the command that is typed, past options and their values. `=` is a word of its own to bash. */
const bashFunction = `_signalbox() {
  local path=signalbox option= word current="\${COMP_WORDS[COMP_CWORD]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ "$word" = "=" ]; then continue; fi
    if [ -n "$option" ]; then option=; continue; fi
    case $word in
      -*) if _signalbox_values "$path $word" >/dev/null; then option=$word; fi ;;
      *) if [ -n "$(_signalbox_words "$path $word")" ]; then path="$path $word"; fi ;;
    esac
  done
  if [ "$current" = "=" ]; then current=; fi
  if [ -n "$option" ]; then
    COMPREPLY=($(compgen -W "$(_signalbox_values "$path $option")" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$(_signalbox_words "$path")" -- "$current"))
  fi
}
complete -o default -F _signalbox signalbox
`

/** The same; `path` is taken in zsh. Sourced it registers itself, loaded from `fpath` it is called at once. */
const zshFunction = `_signalbox() {
  local path_=signalbox option= word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [ -n "$option" ]; then option=; continue; fi
    case $word in
      -*) if _signalbox_values "$path_ $word" >/dev/null; then option=$word; fi ;;
      *) if [ -n "$(_signalbox_words "$path_ $word")" ]; then path_="$path_ $word"; fi ;;
    esac
  done
  if [ -z "$option" ]; then
    compadd -- \${=$(_signalbox_words "$path_")}
  elif [ -n "$(_signalbox_values "$path_ $option")" ]; then
    compadd -- \${=$(_signalbox_values "$path_ $option")}
  else
    _files
  fi
}
if [ "\${funcstack[1]}" = _signalbox ]; then _signalbox "$@"; else compdef _signalbox signalbox; fi
`

/**
 * Two functions of POSIX shells: the words that may follow a command; and the choices of an option, which fails for one
 * that takes no value.
 */
function lookUp(described: readonly DescribedCommand[], everywhere: readonly DescribedOption[]): string {
  const words = described.map(
    (command) => `    ${quote(command.path.join(' '))}) echo ${quote(wordsOf(command, everywhere).join(' '))} ;;`,
  )
  const values = described.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, choices }) => `    ${quote(`${path.join(' ')} ${long}`)}) echo ${quote(choices.join(' '))} ;;`),
  )
  const shared = everywhere
    .filter(({ takesValue }) => takesValue)
    .map(({ long }) => `    *${quote(` ${long}`)}) echo ;;`)
  return `_signalbox_words() {
  case $1 in
${words.join('\n')}
  esac
}
_signalbox_values() {
  case $1 in
${[...values, ...shared].join('\n')}
    *) return 1 ;;
  esac
}`
}

function wordsOf(
  { commands, choices, options }: DescribedCommand,
  everywhere: readonly DescribedOption[],
): readonly string[] {
  const longs = [...options, ...everywhere].map(({ long }) => long)
  return [...new Set([...commands, ...choices, ...longs, '--help'])]
}

function fishLines(command: DescribedCommand, everywhere: readonly DescribedOption[]): string {
  const [, ...path] = command.path
  const seen = [
    ...path.map((word) => `__fish_seen_subcommand_from ${word}`),
    ...(command.commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${command.commands.join(' ')}`]),
  ].join('; and ')
  const line = (rest: string) => `complete -c signalbox -n ${quoteForFish(seen)} ${rest}\n`
  const option = (one: DescribedOption) =>
    `-l ${one.long.slice(2)}${valueForFish(one)} -d ${quoteForFish(one.description)}`
  const isShared = ({ long }: DescribedOption) => everywhere.some((one) => one.long === long)
  return [
    // These go with every command; files go with values only.
    ...(path.length > 0
      ? []
      : ['-f', '-f -l help', ...everywhere.map(option)].map((rest) => `complete -c signalbox ${rest}\n`)),
    ...[...command.commands, ...command.choices].map((word) => line(`-f -a ${quoteForFish(word)}`)),
    ...command.options.filter((one) => !isShared(one)).map((one) => line(option(one))),
  ].join('')
}

function valueForFish({ takesValue, choices }: DescribedOption): string {
  if (!takesValue) return ' -f'
  return choices.length === 0 ? ' -r -F' : ` -x -a ${quoteForFish(choices.join(' '))}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** There a backslash means something inside quotes. */
function quoteForFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", `\\'`)}'`
}
