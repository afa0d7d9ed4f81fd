import { connect, type SignalboxClient } from '../sdk/connect.ts'
import { readSettings } from './settings.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly url?: string
  readonly apiKey?: string
}

export function clientFor(options: GlobalOptions): { client: SignalboxClient; json: boolean; url: string } {
  const settings = readSettings(options)
  return { client: connect(settings), json: options.json === true, url: settings.url }
}
