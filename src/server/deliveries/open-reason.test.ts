import { expect, test } from 'vitest'
import type { DeliveryRow } from './delivery-store.ts'
import { withOpenReason } from './open-reason.ts'

test.each([
  ['the webhook uses secrets that are gone: PROJECT_X_TOKEN', 'the webhook uses secrets that are gone'],
  ['the webhook is disabled: “hooks.internal” is no more', 'the webhook is disabled'],
  ['cancelled by ada', 'cancelled'],
  ['the receiver answered 410 Gone', 'the receiver answered 410 Gone'],
  [
    'the receiver answered 503, and all 3 attempts are used up',
    'the receiver answered 503, and all 3 attempts are used up',
  ],
  [
    'the payload has 300000 bytes, and at most 262144 are sent',
    'the payload has 300000 bytes, and at most 262144 are sent',
  ],
  ['the address 10.0.0.7 of hooks.internal is private', null],
  ['the connection was refused, and all 3 attempts are used up', null],
  [null, null],
])('of the reason “%s” a reader without details is told “%s”', (reason, told) => {
  expect(withOpenReason({ reason } as DeliveryRow).reason).toBe(told)
})
