import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Delivery } from '../../contract/delivery.ts'
import { spellMs } from '../parts/spell-time.ts'
import { useNow } from '../parts/use-now.ts'
import { useText } from '../parts/use-text.ts'
import { stopsOf } from './path-stops.ts'

/** A board with a lamp at every stop: from left to right, and from top to bottom where it is narrow. */
export function DeliveryPath({ delivery }: { readonly delivery: Delivery }) {
  const text = useText()
  const now = useNow(1_000)
  const ends = delivery.finished_at === null ? now.getTime() : Date.parse(delivery.finished_at)
  return (
    <section className="panel" aria-label={text.delivery.path.title}>
      <Text size="xs" ta="end" mb={4} className="since">
        {text.delivery.path.since(spellMs(Math.max(0, ends - Date.parse(delivery.created_at)), text))}
      </Text>
      <ol className="path">
        {stopsOf(delivery, text).map(({ name, note, light, isAhead, to }) => (
          <li key={name} data-light={light} {...(isAhead ? { 'data-ahead': true } : {})}>
            <svg width={18} height={18} viewBox="0 0 18 18" aria-hidden focusable="false">
              {isAhead ? (
                <circle cx={9} cy={9} r={6} fill="none" stroke="currentColor" strokeWidth={2} strokeDasharray="3 2" />
              ) : light === 'bad' ? (
                <rect x={3} y={3} width={12} height={12} rx={2} fill="currentColor" />
              ) : (
                <circle cx={9} cy={9} r={6} fill="currentColor" />
              )}
            </svg>
            <strong>{to === undefined ? name : <Link to={to}>{name}</Link>}</strong>
            <span>{note}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
