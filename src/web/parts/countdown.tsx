import { Text } from '@mantine/core'
import { spellExactly, spellMs } from './spell-time.ts'
import { useNow } from './use-now.ts'
import { useText } from './use-text.ts'

/** How long until an instant, by the second; the exact one on hover, and for machines. */
export function Countdown({ to }: { readonly to: string }) {
  const text = useText()
  const now = useNow(1_000)
  const seconds = Math.max(0, Math.ceil((Date.parse(to) - now.getTime()) / 1_000))
  return (
    <time dateTime={to} title={spellExactly(to, text)}>
      <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
        {text.times.ahead(seconds < 60 ? text.times.seconds(String(seconds)) : spellMs(seconds * 1_000, text))}
      </Text>
    </time>
  )
}
