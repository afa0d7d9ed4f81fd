import { limits } from '../base/limits.ts'

/** A value as a reason shows it: JSON, cut short, and never deeper than one level. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return describeList(value)
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '{}' : '{…}'
  return describeScalar(value)
}

export function describePattern(pattern: string): string {
  return `/${cut(pattern)}/`
}

function describeList(values: readonly unknown[]): string {
  const shown: string[] = []
  let chars = 0
  for (const value of values) {
    const text = Array.isArray(value) ? '[…]' : describeValue(value)
    chars += text.length + 2
    if (chars > limits.reasonValueCharsMax && shown.length > 0) return `[${shown.join(', ')}, …]`
    shown.push(text)
  }
  return `[${shown.join(', ')}]`
}

function describeScalar(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `a ${typeof value}`
}

/** Never in the middle of a character. */
export function cut(text: string, charsMax: number = limits.reasonValueCharsMax): string {
  return text.length > charsMax ? `${text.slice(0, charsMax).replace(/[\ud800-\udbff]$/, '')}…` : text
}
