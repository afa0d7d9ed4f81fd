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

export function maskParts(parts: readonly PayloadPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : maskSecret(part.secret))).join('')
}

export function maskSecret(name: string): string {
  return `‹secret ${name}›`
}
