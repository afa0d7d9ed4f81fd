import { limits } from '../base/limits.ts'

export type JsonToken = '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'literal' | 'slot'

/** Judges one JSON value token by token, without recursion. */
export interface JsonGrammar {
  /** Whether a text that comes now is a key. */
  expectsKey(): boolean
  /** What is wrong with the token, or undefined. `key` is the text of a key that holds no slot. */
  take(token: JsonToken, key?: string): string | undefined
  /** What is missing at the end, or undefined. */
  finish(): string | undefined
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]' | 'nothing'

const expectations: Record<Expected, string> = {
  value: 'Expected a value here.',
  'value or ]': 'Expected a value or `]` here.',
  key: 'Expected a key in quotes here.',
  'key or }': 'Expected a key in quotes or `}` here.',
  ':': 'Expected `:` here.',
  ', or }': 'Expected `,` or `}` here.',
  ', or ]': 'Expected `,` or `]` here.',
  nothing: 'Nothing may follow: the payload is one JSON value.',
}

export function makeJsonGrammar(): JsonGrammar {
  const open: { readonly closedBy: '}' | ']'; readonly keys: Set<string> }[] = []
  let expected: Expected = 'value'

  const acceptsValue = () => expected === 'value' || expected === 'value or ]'
  const acceptsKey = () => expected === 'key' || expected === 'key or }'
  const endValue = () => {
    expected = open.length === 0 ? 'nothing' : `, or ${open.at(-1)!.closedBy}`
    return undefined
  }

  function take(token: JsonToken, key?: string): string | undefined {
    switch (token) {
      case '{':
      case '[':
        if (!acceptsValue()) break
        if (open.length === limits.templateDepthMax)
          return `The payload is nested more than ${limits.templateDepthMax} deep.`
        open.push({ closedBy: token === '{' ? '}' : ']', keys: new Set() })
        expected = token === '{' ? 'key or }' : 'value or ]'
        return undefined
      case '}':
      case ']':
        if (!expected.endsWith(`or ${token}`)) break
        open.pop()
        return endValue()
      case ',':
        if (expected !== ', or }' && expected !== ', or ]') break
        expected = expected === ', or }' ? 'key' : 'value'
        return undefined
      case ':':
        if (expected !== ':') break
        expected = 'value'
        return undefined
      case 'text':
        if (acceptsValue()) return endValue()
        if (!acceptsKey()) break
        return takeKey(key)
      case 'literal':
        return acceptsValue() ? endValue() : expectations[expected]
      case 'slot':
        if (acceptsValue()) return endValue()
        return `${expectations[expected]} A \`\${…}\` without quotes is a whole value; as a key or beside text it stands in quotes.`
    }
    return expectations[expected]
  }

  function takeKey(key: string | undefined): string | undefined {
    expected = ':'
    if (key === undefined) return undefined
    const { keys } = open.at(-1)!
    if (keys.has(key)) return `The key \`${key.slice(0, 60)}\` is given twice; receivers keep only one.`
    keys.add(key)
    return undefined
  }

  return { expectsKey: acceptsKey, take, finish: () => (expected === 'nothing' ? undefined : expectations[expected]) }
}
