/** The bytes of an answer for a JSON document: as text, or as base64 where they are no UTF-8. */
export function presentBytes(bytes: Buffer | null): {
  readonly body: string | null
  readonly encoding: 'utf-8' | 'base64'
} {
  if (bytes === null) return { body: null, encoding: 'utf-8' }
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { body: bytes.toString('base64'), encoding: 'base64' }
  }
}
