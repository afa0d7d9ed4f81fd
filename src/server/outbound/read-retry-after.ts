import { limits } from '../base/limits.ts'

/** Milliseconds to wait by a `Retry-After` header, in seconds or as a date; undefined when there is none that makes sense. */
export function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined
  const seconds = /^\s*(\d{1,9})\s*$/.exec(value)?.[1]
  const ms = seconds === undefined ? Date.parse(value) - now.getTime() : Number(seconds) * 1000
  if (Number.isNaN(ms)) return undefined
  return Math.min(Math.max(ms, 0), limits.retryAfterMsMax)
}
