import type { DescribedCommand } from './describe-commands.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What a shell needs to complete commands and options. It asks nobody: names of webhooks and the like are not completed. */
export function writeCompletion(shell: Shell, commands: readonly DescribedCommand[]): string {
  switch (shell) {
    case 'bash':
      return `${lookUp(commands)}
_signalbox() {
  local path=signalbox word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) ;; *) [ -n "$(_signalbox_words "$path $word")" ] && path="$path $word" ;; esac
  done
  COMPREPLY=($(compgen -W "$(_signalbox_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _signalbox signalbox
`
    case 'zsh':
      return `#compdef signalbox
${lookUp(commands)}
_signalbox() {
  local path_=signalbox word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case $word in -*) ;; *) [ -n "$(_signalbox_words "$path_ $word")" ] && path_="$path_ $word" ;; esac
  done
  compadd -- \${=$(_signalbox_words "$path_")}
}
compdef _signalbox signalbox
`
    case 'fish':
      return commands.map(fishLines).join('')
  }
}

/** A function of POSIX shells: the words that may follow a command. */
function lookUp(commands: readonly DescribedCommand[]): string {
  const cases = commands.map(
    (command) => `    ${quote(command.path.join(' '))}) echo ${quote(wordsOf(command).join(' '))} ;;`,
  )
  return `_signalbox_words() {
  case $1 in
${cases.join('\n')}
  esac
}`
}

function wordsOf({ commands, choices, options }: DescribedCommand): readonly string[] {
  return [...commands, ...choices, ...options.map(({ long }) => long), '--help']
}

function fishLines(command: DescribedCommand): string {
  const [, ...path] = command.path
  const seen =
    path.length === 0
      ? '__fish_use_subcommand'
      : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ')
  const line = (rest: string) => `complete -c signalbox -f -n ${quote(seen)} ${rest}\n`
  return [
    ...[...command.commands, ...command.choices].map((word) => line(`-a ${quote(word)}`)),
    ...command.options.map(({ long, description }) => line(`-l ${long.slice(2)} -d ${quote(description)}`)),
  ].join('')
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
