/** How long to go on after a failure; a webhook's own, within limits. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attemptsMax: number
  readonly delayMsMin: number
  readonly delayMsMax: number
}

/**
 * Exponential with full jitter: a random share of a ceiling that doubles from `delayMsMin` to `delayMsMax`, so that many
 * deliveries that failed together do not come back together. `jitter` is in [0, 1); `attempt` is the one that failed.
 */
export function retryDelayMs({ delayMsMin, delayMsMax }: RetryPolicy, attempt: number, jitter: number): number {
  const ceiling = Math.min(delayMsMax, delayMsMin * 2 ** Math.min(attempt - 1, 40))
  return Math.round(delayMsMin / 2 + jitter * (ceiling - delayMsMin / 2))
}
