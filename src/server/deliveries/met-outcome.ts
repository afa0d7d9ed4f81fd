import type { Outcome, Phase } from '../outbound/outbound-request.ts'
import type { AttemptRow } from './delivery-store.ts'
import { nameOf } from './delivery.ts'

type Plain = Outcome['kind'] | 'interrupted'
type Broken = Exclude<(Outcome & { kind: 'unreachable' })['reason'], 'timeout'>
type Late = `late ${Phase}`
type Refusal = (Outcome & { kind: 'refused' })['reason']

/** What an attempt met, as it is kept: its kind or, where nothing was answered, why. */
export type MetOutcome = Plain | Broken | Late | Refusal

// Codes in the table `attempts`. They are part of the schema: add, never renumber.
const plain: Readonly<Record<Plain, number>> = { succeeded: 0, rejected: 1, unreachable: 2, refused: 3, interrupted: 4 }
const broken: Readonly<Record<Broken, number>> = {
  dns: 20,
  connect: 21,
  route: 22,
  tls: 23,
  handshake: 24,
  reset: 25,
  protocol: 26,
}
const late: Readonly<Record<Late, number>> = {
  'late dns': 30,
  'late connect': 31,
  'late tls': 32,
  'late firstByte': 33,
  'late body': 34,
}
const refusal: Readonly<Record<Refusal, number>> = {
  'blocked-address': 40,
  'missing-secret': 41,
  'payload-too-large': 42,
  'invalid-request': 43,
  'webhook-gone': 44,
  'unverified-tls': 45,
}
export const metOutcome: Readonly<Record<MetOutcome, number>> = { ...plain, ...broken, ...late, ...refusal }

export function nameMet(outcome: Outcome): MetOutcome {
  if (!('reason' in outcome)) return outcome.kind
  return outcome.reason === 'timeout' ? `late ${outcome.phase}` : outcome.reason
}

export function kindOf(code: number): Plain {
  const met = nameOf(metOutcome, code)
  if (isIn(plain, met)) return met
  return isIn(refusal, met) ? 'refused' : 'unreachable'
}

/** As it was met; undefined where that is not known: of what was interrupted. */
export function outcomeOf({ outcome: code, status, detail: kept }: AttemptRow): Outcome | undefined {
  const met = nameOf(metOutcome, code)
  const detail = kept ?? ''
  if (isIn(broken, met)) return { kind: 'unreachable', reason: met, detail }
  if (isIn(late, met)) return { kind: 'unreachable', reason: 'timeout', phase: phaseOf(met), detail }
  if (isIn(refusal, met)) return { kind: 'refused', reason: met, detail }
  if (met === 'rejected' && status !== null) return { kind: 'rejected', status, retryAfterMs: undefined }
  return undefined
}

const isIn = <Name extends string>(codes: Readonly<Record<Name, number>>, met: string): met is Name => met in codes
const phaseOf = (met: Late): Phase => met.slice('late '.length) as Phase
