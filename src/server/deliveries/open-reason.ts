import type { DeliveryRow } from './delivery-store.ts'

/** For readers who may not see what was sent and answered: of the reason what names no secret, no host and nobody. */
export function withOpenReason<Row extends DeliveryRow>(row: Row): Row {
  return { ...row, reason: row.reason === null ? null : (open.exec(row.reason)?.[0] ?? null) }
}

/** What may follow on it names something: secrets, or who cancelled. */
const open = new RegExp(
  `^(?:${[
    'the action is a no-op: nothing was sent',
    'one event makes at most \\d+ deliveries',
    'the payload has \\d+ bytes, and at most \\d+ are sent',
    'the webhook was deleted',
    'the webhook is disabled',
    'the webhook uses secrets that are gone',
    'the receiver answered \\d+(?: Gone)?(?:, and all \\d+ attempts are used up)?',
    'cancelled',
  ].join('|')})`,
)
