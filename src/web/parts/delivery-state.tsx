import type { DeliveryState } from '../../contract/delivery.ts'
import { StatusMark, type Mark } from './status-mark.tsx'
import { useText } from './use-text.ts'

const marks: Readonly<Record<DeliveryState | 'retrying', Mark>> = {
  waiting: { meaning: 'idle', shape: 'dashes' },
  retrying: { meaning: 'warn', shape: 'lozenge' },
  held: { meaning: 'idle', shape: 'bars' },
  sending: { meaning: 'brand', shape: 'plate' },
  succeeded: { meaning: 'good', shape: 'tick' },
  failed: { meaning: 'bad', shape: 'cross' },
  skipped: { meaning: 'idle', shape: 'bar' },
  cancelled: { meaning: 'idle', shape: 'slash' },
  expired: { meaning: 'bad', shape: 'clock' },
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
  const shown = state === 'waiting' && attempts > 0 ? 'retrying' : state
  return <StatusMark {...marks[shown]} label={text.states[shown]} />
}
