import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

export interface Said {
  /** From the root of the repository. */
  readonly path: string
  /** As it stands in the source, with `${…}` for what is computed. */
  readonly source: string
  /** As it may come out: with a mark for every value, and once for each of the words it chooses from. */
  readonly samples: readonly string[]
}

/** What stands for a value in a sample. */
export const mark = '‹x›'

const root = new URL('../../', import.meta.url)

/** Every text of two words and more in the code below a folder that is meant for a reader, as far as its place tells. */
export function saidSentences(folder: string): Said[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('/testing/'))
    .toSorted()
    .flatMap((path) => {
      const full = `${folder}/${path}`
      const source = readFileSync(new URL(full, root), 'utf8')
      return (isSql(full) ? saidInSql(source) : saidInCode(full, source)).map((said) => ({ path: full, ...said }))
    })
}

type Found = Omit<Said, 'path'>

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

function isSql(path: string): boolean {
  return /-store\.ts$|\/database\/|\/deliveries\/queue\//.test(path)
}

/** In SQL a sentence is a text of it: what rows are given as their reason. */
function saidInSql(source: string): Found[] {
  return [...source.matchAll(/(?<=[ (,])'([a-z][a-z ;,]+)'(?=[ ,)])/g)]
    .map(([, text]) => text!)
    .filter((text) => text.split(' ').length > 3 && !/^(?:select|insert|update|delete|create|lock|begin)\b/.test(text))
    .map((text) => ({ source: text, samples: [text] }))
}

/** Not for a reader of the page: what describes the API, goes to the log, or is said of a bug. */
const unreadCalls =
  /(?:^|\.)(?:describe|meta|query|assert|includes|startsWith|endsWith)$|^log\.|^(?:super|notStarted|unusable|unsupported)$/
const unreadMembers = new Set(['summary', 'about', 'example', 'description', 'text'])

function saidInCode(path: string, source: string): Found[] {
  const found: Found[] = []
  const textOf = ({ start, end }: Node): string => source.slice(start, end)

  function look(value: unknown): void {
    if (Array.isArray(value)) return value.forEach(look)
    if (!isNode(value) || isUnread(value)) return
    if (isText(value)) {
      const samples = spell(value)
      if (samples.some(isSentence)) found.push({ source: textOf(value).slice(1, -1), samples })
    }
    for (const member of Object.values(value)) look(member)
  }

  function isUnread(node: Node): boolean {
    if (node.type.startsWith('TS') && !node.type.endsWith('Expression')) return true
    if (node.type === 'ImportDeclaration') return true
    if (node.type === 'CallExpression') return unreadCalls.test(textOf(node['callee'] as Node).replaceAll(/\s/g, ''))
    if (node.type === 'NewExpression') return textOf(node['callee'] as Node).endsWith('Error')
    return node.type === 'Property' && unreadMembers.has(textOf(node['key'] as Node))
  }

  /** The ways a text comes out: of words to choose from each, of a sentence of its own none. */
  function spell(node: Node): string[] {
    if (node.type === 'Literal') return typeof node['value'] === 'string' ? [node['value']] : [mark]
    if (node.type === 'ConditionalExpression')
      return [...spell(node['consequent'] as Node), ...spell(node['alternate'] as Node)]
    if (node.type === 'LogicalExpression') return [mark, ...spell(node['right'] as Node)]
    if (node.type !== 'TemplateLiteral') return [mark]
    const values = node['expressions'] as Node[]
    const texts = (node['quasis'] as Node[]).map(({ value }) => (value as { cooked: string }).cooked)
    return texts.reduce<string[]>(
      (begun, text, index) => {
        const before = texts[index - 1]
        const isOwnSentence =
          before !== undefined &&
          /(?:^|[.?!] ?)$/.test(before) &&
          /^(?: [A-Z`]|$)/.test(text) &&
          (before + text).trim() !== ''
        const between = index === 0 || isOwnSentence ? [''] : spell(values[index - 1]!)
        return begun.flatMap((start) => between.map((value) => `${start}${value}${text}`))
      },
      [''],
    )
  }

  look(parseSync(path, source).program.body)
  return found
}

/** Two words beside each other, or one that begins with a capital and ends with a full stop. */
function isSentence(text: string): boolean {
  return /(?:^|[ “(])[A-Za-z’']+[,;:]? [A-Za-z’']{2,}(?![\w=/-])/.test(text) || /^[A-Z][a-z]+ .*\.$/.test(text)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string')
}
