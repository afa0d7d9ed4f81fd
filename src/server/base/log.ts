/** One wide line per unit of work; `fields` are snake_case with units. Anything finer is `debug`. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  debug(event: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, unknown>>

export const silentLog: Log = { info() {}, warn() {}, error() {}, debug() {} }
