import type { ReactNode } from 'react'
import type { Stats } from '../../contract/stats.ts'
import type { Span, Unit } from './span.ts'

/** What pictures are drawn of. */
export interface Past {
  readonly span: Span
  readonly unit: Unit
  readonly buckets: readonly Stats['buckets'][number][]
  /** Where it is not whole. */
  readonly note: ReactNode
}
