import { variables } from '../../contract/variables.ts'
import type { SecretSlot } from '../../contract/payload.ts'
import { escapeJsonText, jsonTextOf } from './json-text.ts'
import { describePath } from './print-template.ts'
import type { PathStep, Slot, Template } from './template.ts'

/** What a webhook lends to payloads. */
export interface Grants {
  readonly secretNames: ReadonlySet<string>
  readonly hasAccessToken: boolean
}

/** A template that knows which names are secrets: ready to be rendered any number of times. */
export interface BoundTemplate {
  readonly steps: readonly (string | SecretSlot | ValueSlot)[]
  /** Every secret it uses, in the order of first use. */
  readonly secrets: readonly string[]
}

export interface ValueSlot {
  readonly name: string
  readonly path: readonly PathStep[]
  /** The whole path as one key, `a.b` of `.a.b`: where the value has such a key, it wins. */
  readonly wholeKey: string | undefined
  readonly quoted: boolean
  /** What stands for a missing value: escaped text, or JSON. */
  readonly blank: string
}

/**
 * Decides which names are secrets. `${ACCESS_TOKEN}` always is; `${NAME}` is one when it is granted and no variable has
 * that name; `$NAME` when it is granted and no name character follows. Pass the names the automation was saved with, so
 * that a grant taken away later makes the delivery fail instead of leaving a blank.
 */
export function bindSecrets(template: Template, grants: Grants): BoundTemplate {
  const steps: BoundTemplate['steps'][number][] = template.parts.length === 0 ? ['{}'] : []
  for (const part of template.parts)
    steps.push(...(typeof part === 'string' ? bindText(part, grants) : bindSlot(part, grants)))
  const secrets = steps.flatMap((step) => (typeof step !== 'string' && 'secret' in step ? step.secret : []))
  return { steps, secrets: [...new Set(secrets)] }
}

/** Unquoted text holds no `$`, so a bare name stands inside quotes. */
function bindText(text: string, grants: Grants): (string | SecretSlot)[] {
  if (!text.includes('$')) return [text]
  const steps: (string | SecretSlot)[] = []
  let from = 0
  for (const match of text.matchAll(/\$(\w+)/g)) {
    const name = match[1]!
    if (!isGranted(name, grants)) continue
    if (match.index > from) steps.push(text.slice(from, match.index))
    steps.push({ secret: name, within: 'json-string' })
    from = match.index + match[0].length
  }
  if (from < text.length) steps.push(text.slice(from))
  return steps
}

/** A name that is neither is blank whatever the event, so nobody is asked for it. */
function bindSlot(slot: Slot, grants: Grants): [string | SecretSlot | ValueSlot] {
  const { name, path } = slot
  const quoted = slot.place !== 'value'
  if (isSecretSlot(slot, grants)) return [{ secret: name, within: quoted ? 'json-string' : 'json-value' }]
  const blank = quoted ? escapeJsonText(slot.default ?? '') : blankValue(slot)
  if (!Object.hasOwn(variables, name)) return [blank]
  return [{ name, path, wholeKey: wholeKeyOf(path), quoted, blank }]
}

export function isSecretSlot({ name, path }: Slot, grants: Grants): boolean {
  if (path.length > 0 || Object.hasOwn(variables, name)) return false
  return name === 'ACCESS_TOKEN' || grants.secretNames.has(name)
}

function isGranted(name: string, { secretNames, hasAccessToken }: Grants): boolean {
  return name === 'ACCESS_TOKEN' ? hasAccessToken : secretNames.has(name)
}

function wholeKeyOf(path: readonly PathStep[]): string | undefined {
  const [first] = path
  if (first === undefined || path.length === 1 || 'index' in first || first.exact) return undefined
  return describePath(path).slice(1)
}

function blankValue({ default: text }: Slot): string {
  if (text === undefined) return 'null'
  try {
    JSON.parse(text)
    return text
  } catch {
    return jsonTextOf(text)!
  }
}
