import type { PayloadPart } from '../../contract/payload.ts'

/** How rendered parts stand in the `body` column: a JSON list of texts and secret slots, in UTF-8. */
export function encodeBody(parts: readonly PayloadPart[]): Buffer {
  return Buffer.from(JSON.stringify(parts))
}

export function decodeBody(body: Buffer): readonly PayloadPart[] {
  return JSON.parse(body.toString()) as readonly PayloadPart[]
}
