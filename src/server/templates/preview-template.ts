import { maskSecret, type PayloadPiece } from '../../contract/payload.ts'
import { limits } from '../base/limits.ts'
import { bindSecrets, type Grants, type ValueSlot } from './bind-secrets.ts'
import { describeSlot } from './print-template.ts'
import { blankOf, fillSlot, type Lookup } from './render-template.ts'
import type { Slot, Template } from './template.ts'

/**
 * The payload of a template in pieces that say where each came from: put together, they are what `renderTemplate` makes of
 * it, secrets masked. Pure.
 */
export function previewTemplate(template: Template, grants: Grants, lookup: Lookup): PayloadPiece[] {
  const pieces: PayloadPiece[] = []
  let chars = 0
  const add = (piece: PayloadPiece): void => {
    pieces.push(piece)
    if (piece.kind !== 'secret') chars += piece.text.length
  }
  for (const part of template.parts.length === 0 ? ['{}'] : template.parts) {
    for (const step of bindSecrets({ ...template, parts: [part] }, grants).steps) {
      if (typeof step === 'string') add(typeof part === 'string' ? { text: step, kind: 'text' } : unknown(part, step))
      else if ('secret' in step) add({ text: maskSecret(step.secret), kind: 'secret', ...originOf(part, step.secret) })
      else add({ ...fill(step, chars > limits.payloadBytesMax ? () => undefined : lookup), ...originOf(part, '') })
    }
  }
  return pieces
}

function unknown(slot: Slot, text: string): PayloadPiece {
  return { text, kind: 'unknown', ...originOf(slot, '') }
}

function fill(slot: ValueSlot, lookup: Lookup): Pick<PayloadPiece, 'text' | 'kind'> {
  const value = fillSlot(slot, lookup)
  if (value !== undefined) return { text: value, kind: 'value' }
  return { text: slot.blank, kind: slot.blank === blankOf(slot) ? 'blank' : 'default' }
}

/** A bare `$NAME` stands within a text, and has no place of its own. */
function originOf(part: string | Slot, secret: string): Pick<PayloadPiece, 'of' | 'line' | 'column'> {
  return typeof part === 'string'
    ? { of: `$${secret}` }
    : { of: describeSlot(part), line: part.line, column: part.column }
}
