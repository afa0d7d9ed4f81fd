import type { PayloadPart, SecretSlot } from '../../contract/payload.ts'

export type Filled = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly missing: string }

/** Puts values into slots, escaped for the place each stands in. A secret without a value is named, never left blank. */
export function fillParts(parts: readonly PayloadPart[], values: ReadonlyMap<string, string>): Filled {
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else {
      const value = values.get(part.secret)
      if (value === undefined) return { ok: false, missing: part.secret }
      text += escapeFor(part.within, value)
    }
  }
  return { ok: true, text }
}

function escapeFor(within: SecretSlot['within'], value: string): string {
  switch (within) {
    case 'json-string':
      return JSON.stringify(value).slice(1, -1)
    case 'json-value':
      return JSON.stringify(value)
    case 'url':
      return encodeURIComponent(value)
    case 'text':
      return value
  }
}
