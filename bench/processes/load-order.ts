/** What the load's process is told to send. */
export interface LoadOrder {
  /** Where to send: in turn, as a balancer would. */
  readonly targets: readonly { readonly port: number; readonly head: string }[]
  /** Around the request's number and, where there are three pieces, its last two digits. */
  readonly body: readonly [before: string, after: string] | readonly [before: string, between: string, after: string]
  readonly connections: number
  /** Nothing new is sent after that. */
  readonly durationMs: number
  /** Undefined: as fast as answers come. */
  readonly ratePerSecond?: number | undefined
}

export interface Loaded {
  readonly accepted: number
  /** Statuses other than 2xx, with an example of what was said. */
  readonly refused: Readonly<Record<string, string>>
  readonly startedAt: number
  readonly endedAt: number
  /** Of each request, by its number less the first. */
  readonly sentAt: readonly number[]
  readonly answeredAt: readonly number[]
}

/** Nine digits, so that every body has the same length. */
export const firstNumber = 100_000_000
