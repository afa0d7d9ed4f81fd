/**
 * A value's JSON in one line, or undefined when it has none: undefined, functions, cycles, bigints, or nested so deep
 * that the stack would not do. Everything that other readers of JSON or of JavaScript stumble over is escaped.
 */
export function jsonTextOf(value: unknown): string | undefined {
  try {
    return (JSON.stringify(value) as string | undefined)?.replace(/[\u2028\u2029]/g, escapeSeparator)
  } catch {
    return undefined
  }
}

/** A text as it stands between the quotes of a JSON string. Lone surrogates become escapes. */
export function escapeJsonText(text: string): string {
  return needsEscape.test(text)
    ? JSON.stringify(text)
        .slice(1, -1)
        .replace(/[\u2028\u2029]/g, escapeSeparator)
    : text
}

/** Anything but what is plain: from blank on, without quote, backslash, separators and surrogates. */
const needsEscape = /[^ !#-[\]-\u2027\u202a-\ud7ff\ue000-\uffff]/

function escapeSeparator(separator: string): string {
  return separator === '\u2028' ? '\\u2028' : '\\u2029'
}
