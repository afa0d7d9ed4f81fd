import { Option } from 'commander'

/** An option with a closed set of values, which help, documents and completion tell; `read` refuses all others. */
export function makeChoice(
  flags: string,
  description: string,
  choices: readonly string[],
  read: (text: string) => unknown,
): Option {
  return new Option(flags, description).choices(choices).argParser(read)
}
