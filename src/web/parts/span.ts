export const spans = ['1h', '24h', '7d'] as const
export type Span = (typeof spans)[number]

const hours = { '1h': 1, '24h': 24, '7d': 7 * 24 } as const

/** Where a span that ends now begins. */
export function startOf(span: Span, now: Date): string {
  return new Date(now.getTime() - hours[span] * 3600_000).toISOString()
}
