import { Figure } from './figure.tsx'
import type { Past } from './past.ts'
import { spellBucket } from './spell-bucket.ts'
import { spellShare } from './spell-share.ts'
import { TimeAxis } from './time-axis.tsx'
import { tracePath, sharesOf } from './trace-success.ts'
import { useText } from './use-text.ts'

const height = 120

/** Which share of the deliveries that were tried to the end arrived, from nothing at the foot to all at the top. */
export function SuccessCurve({ past: { span, buckets, note } }: { readonly past: Past }) {
  const text = useText()
  const shares = sharesOf(buckets)
  const tried = shares.reduce((sum, share) => sum + share.tried, 0)
  const arrived = buckets.reduce((sum, { succeeded }) => sum + succeeded, 0)
  const during = text.pictures.spans[span]
  const sentence =
    tried === 0 ? text.pictures.noneTried(during) : text.pictures.arrived(tried, spellShare(arrived / tried), during)
  const told = shares.filter((share) => share.tried > 0).toReversed()
  return (
    <Figure
      title={text.pictures.success}
      sentence={sentence}
      note={note}
      picture={
        <div>
          <svg
            role="img"
            aria-label={sentence}
            viewBox={`0 0 ${buckets.length} 1`}
            width="100%"
            height={height}
            preserveAspectRatio="none"
            style={{ overflow: 'visible' }}
          >
            <path
              d={`M0 0H${buckets.length}M0 .5H${buckets.length}M0 1H${buckets.length}`}
              stroke="light-dark(var(--mantine-color-idle-2), var(--mantine-color-dark-4))"
              vectorEffect="non-scaling-stroke"
            />
            <path
              d={tracePath(shares)}
              fill="none"
              stroke="light-dark(#3b9a68, #3aa670)"
              strokeWidth={2.5}
              strokeLinecap="round"
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
            />
          </svg>
          <TimeAxis from={spellBucket(buckets[0]!.at, span, text)} />
        </div>
      }
      table={{
        headings: [text.common.when, text.pictures.tried, text.pictures.share],
        rows: told.map((share) => [
          spellBucket(share.at, span, text),
          text.number(share.tried),
          spellShare(share.arrived),
        ]),
      }}
    />
  )
}
