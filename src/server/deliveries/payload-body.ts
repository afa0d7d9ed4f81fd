import type { PayloadPart } from '../../contract/payload.ts'

/** How rendered parts stand in the `body` column: a JSON list of texts and secret slots, in UTF-8. */
export function encodeBody(parts: readonly PayloadPart[]): Buffer {
  return Buffer.from(JSON.stringify(parts))
}

/** Of a delivery for which nothing was rendered. A rendered payload has at least one part: an empty template is `{}`. */
export const noBody = encodeBody([])

export function decodeBody(body: Buffer): readonly PayloadPart[] {
  return JSON.parse(body.toString()) as readonly PayloadPart[]
}
