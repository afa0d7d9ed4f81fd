import * as z from 'zod'

/**
 * A rendered payload before it is sent: text, with a typed slot wherever a secret stands. A slot is filled at each
 * attempt, inside `outbound` only, with the value current then, escaped for the place it stands in. Everywhere else it
 * is shown as `‹secret NAME›`.
 */
export type PayloadPart = string | SecretSlot

export interface SecretSlot {
  /** The secret's name; for `${ACCESS_TOKEN}`, `ACCESS_TOKEN` itself. */
  readonly secret: string
  /** `json-string`: inside quotes, escaped; `json-value`: unquoted, put as a JSON string; `url`: percent-encoded; `text`: as it is. */
  readonly within: 'json-string' | 'json-value' | 'url' | 'text'
}

/** A stretch of a payload, and what of its template it came from. */
export const PayloadPiece = z.object({
  text: z.string().describe('As it would be sent; a secret as `‹secret NAME›`.'),
  kind: z
    .enum(['text', 'value', 'default', 'blank', 'unknown', 'secret'])
    .describe(
      '`text` of the template itself; the `value` of a variable, its `default`, or a `blank`; `unknown`: a name that is neither a variable nor a granted secret.',
    ),
  of: z.string().optional().describe('As it stands in the template: `${alias}`. Texts have none.'),
  line: z.int().optional().describe('Where that stands, from 1.'),
  column: z.int().optional(),
})
export type PayloadPiece = z.infer<typeof PayloadPiece>

export function maskParts(parts: readonly PayloadPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : maskSecret(part.secret))).join('')
}

export function maskSecret(name: string): string {
  return `‹secret ${name}›`
}
