import type { RE2JS } from 're2js'

/** A filter, parsed: what its JSON says, in the same order and as deep. All clauses of a list must hold. */
export interface Filter {
  /** The JSON value it was parsed from, untouched. */
  readonly source: unknown
  readonly clauses: readonly Clause[]
}

export type Clause =
  | { readonly kind: '$and' | '$or' | '$nor'; readonly filters: readonly (readonly Clause[])[] }
  | { readonly kind: '$not'; readonly clauses: readonly Clause[] }
  | FieldClause

export interface FieldClause {
  readonly kind: 'field'
  /** As it was written, `data.loss.final`. */
  readonly text: string
  /** The field, `data`. */
  readonly field: string
  /** What follows it, as one key and in steps, `loss.final` and `['loss', 'final']`; empty for the field itself. */
  readonly wholeKey: string
  readonly path: readonly string[]
  readonly tests: readonly FieldTest[]
}

export type FieldTest =
  /** `bare`: written as the value alone. */
  | { readonly kind: '$eq'; readonly value: unknown; readonly bare: boolean }
  | { readonly kind: '$ne'; readonly value: unknown }
  | { readonly kind: '$gt' | '$gte' | '$lt' | '$lte'; readonly value: Ordered }
  | { readonly kind: '$in' | '$nin' | '$all'; readonly values: readonly unknown[] }
  | { readonly kind: '$exists'; readonly value: boolean }
  | { readonly kind: '$regex'; readonly pattern: string; readonly compiled: RE2JS }
  | { readonly kind: '$contains'; readonly text: string }
  | { readonly kind: '$size'; readonly size: number }
  | { readonly kind: '$not'; readonly tests: readonly FieldTest[] }

/** What can be greater or less: numbers, texts by their UTF-16 units, false before true. Never one kind with another. */
export type Ordered = number | string | boolean
