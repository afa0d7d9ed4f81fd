import { limits } from '../base/limits.ts'
import type { FinishedStatus } from './delivery.ts'
import { retryDelayMs, type RetryPolicy } from './retry-policy.ts'

/** What an attempt met, as far as the next step depends on it. */
export type AttemptResult =
  | { readonly kind: 'succeeded'; readonly status: number }
  | { readonly kind: 'rejected'; readonly status: number; readonly retryAfterMs?: number | undefined }
  | { readonly kind: 'unreachable'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }

export type NextStep =
  | {
      readonly kind: 'finish'
      readonly as: FinishedStatus
      readonly reason: string | null
      readonly disableWebhook?: true
    }
  | { readonly kind: 'retry'; readonly delayMs: number; readonly reason: string }

export interface Circumstances {
  readonly attempt: number
  /** In [0, 1). */
  readonly jitter: number
  readonly policy: RetryPolicy
}

/**
 * 2xx succeeds. Connection errors, timeouts, 408, 425, 429 and 5xx are tried again while the policy lasts; `Retry-After`
 * lengthens the wait and never shortens it. 410 says the receiver is gone for good. What we refuse to send ourselves
 * (a forbidden address, a missing secret) and every other answer fail at once: trying again would change nothing.
 */
export function decideNextStep(result: AttemptResult, { attempt, jitter, policy }: Circumstances): NextStep {
  switch (result.kind) {
    case 'succeeded':
      return { kind: 'finish', as: 'succeeded', reason: null }
    case 'rejected':
      if (result.status === 410)
        return { kind: 'finish', as: 'failed', reason: 'the receiver answered 410 Gone', disableWebhook: true }
      if (!isRetryable(result.status))
        return { kind: 'finish', as: 'failed', reason: `the receiver answered ${result.status}` }
      return retry(`the receiver answered ${result.status}`, Math.min(result.retryAfterMs ?? 0, limits.retryAfterMsMax))
    case 'unreachable':
      return retry(result.detail, 0)
    case 'refused':
      return { kind: 'finish', as: 'failed', reason: result.detail }
  }

  function retry(reason: string, delayMsMin: number): NextStep {
    if (attempt >= policy.attemptsMax)
      return { kind: 'finish', as: 'failed', reason: `${reason}, and all ${policy.attemptsMax} attempts are used up` }
    return { kind: 'retry', delayMs: Math.max(retryDelayMs(policy, attempt, jitter), delayMsMin), reason }
  }
}

function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}
