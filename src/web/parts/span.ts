export const spans = ['1h', '24h', '7d', '30d'] as const
export type Span = (typeof spans)[number]

/** How far back each looks, and what its picture counts together. */
export const extents = {
  '1h': { hours: 1, unit: 'minute' },
  '24h': { hours: 24, unit: 'hour' },
  '7d': { hours: 7 * 24, unit: 'hour' },
  '30d': { hours: 30 * 24, unit: 'day' },
} as const
export type Unit = (typeof extents)[Span]['unit']

/** Where a span that ends now begins. */
export function startOf(span: Span, now: Date): string {
  return new Date(now.getTime() - extents[span].hours * 3600_000).toISOString()
}
