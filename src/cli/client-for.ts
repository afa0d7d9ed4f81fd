import type { Command } from 'commander'
import { connect, type SignalboxClient } from '../sdk/connect.ts'
import { readSettings } from './settings.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: true
  readonly url?: string
  readonly apiKey?: string
}

export function clientFor(command: Command): { client: SignalboxClient; json: boolean } {
  const options = command.optsWithGlobals<GlobalOptions>()
  return { client: connect(readSettings(options)), json: options.json === true }
}
