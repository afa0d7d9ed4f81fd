import type { WebhookStats } from '../../contract/stats.ts'
import { useText } from '../parts/use-text.ts'

const height = 24
const barWidth = 4

/** What was delivered and what failed, hour by hour, the tallest hour being the measure. */
export function Sparkline({ hours }: { readonly hours: WebhookStats['hours'] }) {
  const text = useText()
  const sum = (of: 'succeeded' | 'failed') => hours.reduce((total, hour) => total + hour[of], 0)
  const most = Math.max(1, ...hours.map(({ succeeded, failed }) => succeeded + failed))
  const tall = (count: number) => (count / most) * height
  return (
    <svg
      role="img"
      aria-label={text.pictures.finished(sum('succeeded') + sum('failed'), sum('failed'), text.pictures.spans['24h'])}
      width={hours.length * barWidth}
      height={height}
    >
      <path d={`M0 ${height - 0.5}H${hours.length * barWidth}`} stroke="var(--mantine-color-default-border)" />
      {hours.map(({ at, succeeded, failed }, index) => (
        <g key={at} transform={`translate(${index * barWidth} 0)`}>
          <rect
            y={height - tall(succeeded)}
            width={barWidth - 1}
            height={tall(succeeded)}
            fill="light-dark(#3b9a68, #3aa670)"
          />
          <rect
            y={height - tall(succeeded + failed)}
            width={barWidth - 1}
            height={tall(failed)}
            fill="light-dark(#dc2626, #f87171)"
          />
        </g>
      ))}
    </svg>
  )
}
