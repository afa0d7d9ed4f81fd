import { Text } from '@mantine/core'
import { spellExactly, spellMoment } from './spell-time.ts'
import { useNow } from './use-now.ts'
import { useText } from './use-text.ts'

const tickMs = 10_000

/** An instant, near ones relative and ticking; the exact one on hover, and for machines. */
export function Moment({ at }: { readonly at: string }) {
  const text = useText()
  const now = useNow(tickMs)
  return (
    <time dateTime={at} title={spellExactly(at, text)}>
      <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
        {spellMoment(at, now, text)}
      </Text>
    </time>
  )
}
