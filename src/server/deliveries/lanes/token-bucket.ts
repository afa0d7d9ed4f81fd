/** Lets `ratePerSecond` pass on average and one second's worth at once. Immutable; instants are milliseconds. */
export interface TokenBucket {
  readonly ratePerSecond: number
  readonly tokens: number
  readonly at: number
}

export function fullBucket(ratePerSecond: number, now: number): TokenBucket {
  return { ratePerSecond, tokens: burstOf(ratePerSecond), at: now }
}

export function refill(bucket: TokenBucket, now: number): TokenBucket {
  const gained = (Math.max(0, now - bucket.at) / 1000) * bucket.ratePerSecond
  return {
    ...bucket,
    tokens: Math.min(burstOf(bucket.ratePerSecond), bucket.tokens + gained),
    at: Math.max(now, bucket.at),
  }
}

/** Whole tokens that may be spent now. */
export function spendable(bucket: TokenBucket, now: number): number {
  return Math.floor(refill(bucket, now).tokens + 1e-9)
}

/** A negative count gives tokens back that were reserved and not used. */
export function spend(bucket: TokenBucket, count: number, now: number): TokenBucket {
  const filled = refill(bucket, now)
  return { ...filled, tokens: Math.min(burstOf(bucket.ratePerSecond), filled.tokens - count) }
}

/** When the next whole token is there. */
export function nextTokenAt(bucket: TokenBucket, now: number): number {
  const { tokens, ratePerSecond } = refill(bucket, now)
  return tokens >= 1 ? now : now + Math.ceil(((1 - tokens) / ratePerSecond) * 1000)
}

/** A rate below one a second still lets a single request pass. */
function burstOf(ratePerSecond: number): number {
  return Math.max(1, ratePerSecond)
}
