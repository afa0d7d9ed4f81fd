import { RE2JS, RE2JSException } from 're2js'
import { limits } from '../base/limits.ts'

export type CompiledPattern =
  | { readonly ok: true; readonly compiled: RE2JS; readonly programSize: number }
  | { readonly ok: false; readonly mistake: string }

/** Compiles a pattern of RE2, whose time is linear in the text: what would need backtracking does not exist. */
export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > limits.patternCharsMax)
    return { ok: false, mistake: `The pattern is longer than ${limits.patternCharsMax} characters.` }
  const unsupported = findUnsupported(pattern)
  if (unsupported !== undefined) return { ok: false, mistake: unsupported }
  try {
    const compiled = RE2JS.compile(pattern)
    return { ok: true, compiled, programSize: compiled.programSize() }
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return { ok: false, mistake: `\`${pattern}\` is no pattern: ${describe(error)}.` }
  }
}

function describe(error: RE2JSException): string {
  return error.message.replace(/^error parsing regexp: /, '')
}

/** Said before RE2 sees the pattern, because RE2 only says that the syntax is invalid. */
function findUnsupported(pattern: string): string | undefined {
  let inClass = false
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]
    if (char === '\\') {
      if (pattern[at + 1] === 'Q') at = pattern.indexOf('\\E', at) === -1 ? pattern.length : pattern.indexOf('\\E', at)
      else if (!inClass && /^\\(?:[1-9]|[gk][<{'0-9])/.test(pattern.slice(at, at + 3)))
        return `\`${pattern}\` refers back to a group, which would take unbounded time. Spell out the alternatives.`
      at += 1
    } else if (inClass) inClass = char !== ']'
    else if (char === '[') {
      inClass = true
      if (pattern[at + 1] === '^') at += 1
      if (pattern[at + 1] === ']') at += 1
    } else if (/^\(\?(?:[=!>]|<[=!])/.test(pattern.slice(at, at + 4)))
      return `\`${pattern}\` looks around or is atomic, which would take unbounded time. Put the condition into a test of its own, for example under \`$not\`.`
  }
  return undefined
}
