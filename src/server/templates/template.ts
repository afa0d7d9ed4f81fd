/** A payload template, parsed once: JSON text with slots. Independent of who grants which secret. */
export interface Template {
  /** Texts as they will be sent, never two in a row, and slots. Empty for the empty template, whose payload is `{}`. */
  readonly parts: readonly (string | Slot)[]
  readonly slots: readonly Slot[]
  /** What every payload of it is: a JSON object, or some JSON value. */
  readonly json: 'object' | 'value'
  /** Whether the template's own text is a JSON object, so that the SDK can show it. */
  readonly isJsonObjectAsText: boolean
}

/** What stands between `${` and `}`. */
export interface SlotExpression {
  readonly name: string
  readonly path: readonly PathStep[]
  /** Takes the place of a missing value, and inside quotes of an empty text. Inside quotes a text; else JSON when it parses as JSON, and a text when not. */
  readonly default?: string
}

/** `exact` steps were written `["key"]`, the others `.key`. */
export type PathStep = { readonly index: number } | { readonly key: string; readonly exact: boolean }

export interface Slot extends SlotExpression, Position {
  /** Inside the quotes of a value or of a key, or unquoted, where it is a whole value. */
  readonly place: 'string' | 'key' | 'value'
  /** Where it stands in the template's text, in UTF-16 units from 0; `end` is behind the brace. */
  readonly start: number
  readonly end: number
}

/** Both from 1. Columns count UTF-16 units, as editors do; CRLF ends one line. */
export interface Position {
  readonly line: number
  readonly column: number
}
