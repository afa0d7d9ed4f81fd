import type { PayloadPart } from '../../contract/payload.ts'
import { limits } from '../base/limits.ts'
import type { BoundTemplate, ValueSlot } from './bind-secrets.ts'
import { escapeJsonText, jsonTextOf } from './json-text.ts'
import { describeSlot } from './print-template.ts'
import type { PathStep } from './template.ts'

/** A variable's value, as JSON; undefined when this event has none. */
export type Lookup = (name: string) => unknown

/**
 * The payload of a template: texts, never two in a row, and the slots of secrets. It never throws, and it is valid JSON
 * whatever the values are. A missing or null value renders as its default, else as nothing inside quotes and as null
 * without; inside quotes an empty text takes its default too, as in a shell. Values are not looked into for `${…}`. Once the payload is longer than `payloadBytesMax` the other values are
 * left blank: whoever refuses it by its size does so anyway, and a small template of large values stays cheap.
 */
export function renderTemplate(template: BoundTemplate, lookup: Lookup): PayloadPart[] {
  const parts: PayloadPart[] = []
  let text = ''
  let chars = 0
  for (const step of template.steps) {
    if (typeof step !== 'string' && 'secret' in step) {
      if (text !== '') parts.push(text)
      parts.push(step)
      text = ''
    } else {
      const added =
        typeof step === 'string' ? step : chars > limits.payloadBytesMax ? blankOf(step) : renderSlot(step, lookup)
      text += added
      chars += added.length
    }
  }
  if (text !== '') parts.push(text)
  return parts
}

/** Variables that an event leaves blank, as they are written, each once; one with a default is not. */
export function findBlanks({ steps }: BoundTemplate, lookup: Lookup): string[] {
  const blanks = steps.flatMap((step) =>
    typeof step === 'string' || 'secret' in step || step.blank !== blankOf(step) || fillSlot(step, lookup) !== undefined
      ? []
      : describeSlot(step),
  )
  return [...new Set(blanks)]
}

export function blankOf({ quoted }: ValueSlot): string {
  return quoted ? '' : 'null'
}

function renderSlot(slot: ValueSlot, lookup: Lookup): string {
  return fillSlot(slot, lookup) ?? slot.blank
}

/** Undefined where the event has no value for it. */
export function fillSlot(slot: ValueSlot, lookup: Lookup): string | undefined {
  const value = followPath(lookup(slot.name), slot)
  if (value === undefined || value === null) return undefined
  if (!slot.quoted) return jsonTextOf(value)
  if (typeof value === 'string') return value === '' ? undefined : escapeJsonText(value)
  if (typeof value === 'number') return String(value)
  const text = jsonTextOf(value)
  return text === undefined ? undefined : escapeJsonText(text)
}

function followPath(value: unknown, { path, wholeKey }: ValueSlot): unknown {
  if (path.length === 0) return value
  if (wholeKey !== undefined && isObject(value) && Object.hasOwn(value, wholeKey)) return value[wholeKey]
  return path.reduce(takeStep, value)
}

/** Own members only: nothing of JavaScript itself can be reached. */
function takeStep(value: unknown, step: PathStep): unknown {
  if ('index' in step) return Array.isArray(value) ? (value as unknown[])[step.index] : undefined
  return isObject(value) && Object.hasOwn(value, step.key) ? value[step.key] : undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
