import type { DeliveryState } from '../../contract/delivery.ts'
import { StatusMark, type Meaning } from './status-mark.tsx'
import { useText } from './use-text.ts'

const meanings: Readonly<Record<DeliveryState, Meaning>> = {
  waiting: 'idle',
  held: 'idle',
  sending: 'brand',
  succeeded: 'good',
  failed: 'bad',
  skipped: 'idle',
  cancelled: 'idle',
  expired: 'bad',
}

/** One that waits after a failed attempt is a warning; one that was never tried is not. */
export function DeliveryStateMark({
  state,
  attempts = 0,
}: {
  readonly state: DeliveryState
  readonly attempts?: number
}) {
  const text = useText()
  const retries = state === 'waiting' && attempts > 0
  return (
    <StatusMark
      meaning={retries ? 'warn' : meanings[state]}
      label={retries ? text.states.retrying : text.states[state]}
    />
  )
}
