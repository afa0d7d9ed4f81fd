import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

const web = new URL('../../src/web/', import.meta.url)

/** What the client calls the texts of the server. */
const saidByServer = new Set(['detail', 'reason', 'warning', 'misconfigured', 'paused_reason'])

const wordAttributes = new Set(['error', 'label', 'title', 'description', 'aria-label'])

/** Where a page shows a text of the server as it came, and not by `text.server`: file and expression. */
export function shownAsIs(): string[] {
  return readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx'))
    .toSorted()
    .flatMap((path) => inFile(path, readFileSync(new URL(path, web), 'utf8')))
}

export function inFile(path: string, source: string): string[] {
  const found: string[] = []

  function look(value: unknown): void {
    if (Array.isArray(value)) return value.forEach(look)
    if (!isNode(value)) return
    for (const shown of shownBy(value))
      if (shown.type === 'JSXExpressionContainer' && shows(shown['expression']))
        found.push(`${path}: ${source.slice(shown.start, shown.end)}`)
    for (const member of Object.values(value)) look(member)
  }

  look(parseSync(path, source).program.body)
  return found
}

/** What an element shows: its children, and the words it is given. */
function shownBy(node: Node): readonly Node[] {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return node['children'] as Node[]
  if (node.type !== 'JSXAttribute' || !isNode(node['value'])) return []
  const { name } = node['name'] as { readonly name?: unknown }
  return wordAttributes.has(String(name)) ? [node['value']] : []
}

/** Whether an expression comes out as a text of the server: not by asking about it, nor by handing it to an element. */
function shows(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(shows)
  if (!isNode(value)) return false
  switch (value.type) {
    case 'Identifier':
      return saidByServer.has(String(value['name']))
    case 'ChainExpression':
      return shows(value['expression'])
    case 'MemberExpression':
      return !isOurs(value['object']) && (isMessage(value['property']) || shows(value['property']))
    case 'ConditionalExpression':
      return shows(value['consequent']) || shows(value['alternate'])
    case 'LogicalExpression':
      return (value['operator'] !== '&&' && shows(value['left'])) || shows(value['right'])
    case 'TemplateLiteral':
      return shows(value['expressions'])
    default:
      return false
  }
}

/** Of an error; alone it is a word of ours. */
function isMessage(value: unknown): boolean {
  return isNode(value) && value['name'] === 'message'
}

/** Our own words, of which some are called like what the server says. */
function isOurs(value: unknown): boolean {
  if (!isNode(value)) return false
  return ['text', 'states'].includes(String(value['name'])) || isOurs(value['object'])
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}
