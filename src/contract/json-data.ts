import * as z from 'zod'

/** Any JSON value from outside, refused where it could not be kept as it is. */
export interface JsonDataLimits {
  readonly bytesMax: number
  readonly depthMax: number
}

/**
 * JSON with a limited size and depth, without NUL characters and lone surrogates, which PostgreSQL and UTF-8 cannot keep.
 * Mistakes carry the path to their place.
 */
export function jsonData({ bytesMax, depthMax }: JsonDataLimits) {
  return z.unknown().superRefine((value, context) => {
    const mistakes = findMistakes(value, depthMax)
    for (const { path, message } of mistakes) context.addIssue({ code: 'custom', path: [...path], message })
    if (mistakes.length > 0) return
    const bytes = utf8Bytes(JSON.stringify(value) ?? '')
    if (bytes > bytesMax)
      context.addIssue({ code: 'custom', message: `is ${bytes} bytes long as JSON; at most ${bytesMax} are taken` })
  })
}

interface Found {
  readonly path: readonly (string | number)[]
  readonly message: string
}

const mistakesMax = 20

function findMistakes(value: unknown, depthMax: number): readonly Found[] {
  const found: Found[] = []
  const walk = (node: unknown, path: readonly (string | number)[]): void => {
    if (found.length >= mistakesMax) return
    if (typeof node === 'string') {
      const message = whyNotKept(node)
      if (message !== undefined) found.push({ path, message })
    } else if (typeof node === 'number' && !Number.isFinite(node)) {
      found.push({ path, message: 'is a number larger than can be kept' })
    } else if (typeof node === 'object' && node !== null) {
      if (path.length >= depthMax) return void found.push({ path, message: `is nested deeper than ${depthMax} levels` })
      if (Array.isArray(node)) node.forEach((item, index) => walk(item, [...path, index]))
      else
        for (const [key, item] of Object.entries(node)) {
          const message = whyNotKept(key)
          if (message !== undefined) found.push({ path: [...path, key], message: `has a name that ${message}` })
          walk(item, [...path, key])
        }
    }
  }
  walk(value, [])
  return found
}

/** Length of a well-formed text in UTF-8; this file runs where there may be no TextEncoder. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Why PostgreSQL or UTF-8 could not keep a string as it is. */
export function whyNotKept(text: string): string | undefined {
  if (text.includes('\0')) return 'contains a NUL character'
  return text.isWellFormed() ? undefined : 'contains half of a surrogate pair'
}
