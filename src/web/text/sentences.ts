/**
 * Sentences of the server in another language, by their English. A hole takes a value over as it is; on the other side it
 * may stand as `{name:ko}`, translated itself, and with the particle that fits what stands in it: `{name:을/를}`.
 */
export type Sentences = Readonly<Record<string, string>>

export type Translate = (english: string) => string

/** What a catalogue cannot say, since it is built of parts without end. */
export type Grammar = (english: string) => string | undefined

export interface TranslatorParts {
  readonly sentences: Sentences
  readonly grammars: readonly Grammar[]
  /** Ends a value with the particle that fits it, of two like `을/를`. */
  readonly withParticle: (value: string, particles: string) => string
}

/**
 * The whole is looked for first, then sentence by sentence, the longest run that is known. What nobody knows stays in
 * English.
 */
export function makeTranslator({ sentences, grammars, withParticle }: TranslatorParts): Translate {
  const patterns = Object.keys(sentences)
    .filter((english) => hole.test(english))
    .toSorted((one, other) => wordsOf(other).length - wordsOf(one).length)
    .map((english) => ({ pattern: patternOf(english), translated: sentences[english]! }))

  const translate: Translate = (english) => find(english) ?? translateParts(english)

  function find(english: string): string | undefined {
    return findWhole(english) ?? findFragment(english)
  }

  function findWhole(english: string): string | undefined {
    if (Object.hasOwn(sentences, english) && !hole.test(english)) return sentences[english]
    for (const { pattern, translated } of patterns) {
      const found = pattern.exec(english)
      if (found !== null) return fill(translated, found.groups ?? {})
    }
    return grammars.map((grammar) => grammar(english)).find((said) => said !== undefined)
  }

  /** The server makes sentences of its reasons: with a capital, and a full stop. */
  function findFragment(english: string): string | undefined {
    if (!english.endsWith('.')) return undefined
    const fragment = english.slice(0, -1)
    const said = findWhole(`${fragment.slice(0, 1).toLowerCase()}${fragment.slice(1)}`) ?? findWhole(fragment)
    return said === undefined ? undefined : `${said}.`
  }

  function translateParts(english: string): string {
    const parts = english.split(/(?<=[.?!]) /)
    const said: string[] = []
    while (parts.length > 0) {
      const { length, text } = longestKnown(parts)
      said.push(text)
      parts.splice(0, length)
    }
    return said.join(' ')
  }

  function longestKnown(parts: readonly string[]): { readonly length: number; readonly text: string } {
    for (let length = parts.length; length > 0; length--) {
      const text = find(parts.slice(0, length).join(' '))
      if (text !== undefined) return { length, text }
    }
    return { length: 1, text: parts[0]! }
  }

  function fill(translated: string, values: Readonly<Record<string, string>>): string {
    return translated.replaceAll(filledHole, (_hole, name: string, language?: string, particles?: string) => {
      const value = values[name] ?? ''
      const said = language === undefined ? value : translate(value)
      return particles === undefined ? said : withParticle(said, particles)
    })
  }

  return translate
}

const hole = /\{[a-z]\w*\}/i
const filledHole = /\{(\w+)(:ko)?(?::([^}\s]+\/[^}\s]+))?\}/g

function wordsOf(english: string): string {
  return english.replaceAll(new RegExp(hole, 'gi'), '')
}

function patternOf(english: string): RegExp {
  const source = english
    .split(/(\{[a-z]\w*\})/i)
    .map((part) => (hole.test(part) ? `(?<${part.slice(1, -1)}>.+?)` : part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')))
  // The full stop of a sentence is no part of its last value.
  const end = english.endsWith('.') ? '' : String.raw`(?<!\.)`
  return new RegExp(`^${source.join('')}${end}$`, 's')
}
