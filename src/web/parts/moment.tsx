import { Text } from '@mantine/core'
import { useState } from 'react'
import { spellExactly, spellMoment } from './spell-time.ts'
import { useNow } from './use-now.ts'
import { useText } from './use-text.ts'

const tickMs = 10_000

/** An instant, near ones relative and ticking; the exact one on hover and focus, and for machines. A link takes the focus for it. */
export function Moment({ at, inLink = false }: { readonly at: string; readonly inLink?: boolean }) {
  const text = useText()
  const now = useNow(tickMs)
  const [isFocused, setFocused] = useState(false)
  return (
    <time
      dateTime={at}
      title={spellExactly(at, text)}
      {...(inLink ? {} : { tabIndex: 0 })}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
        {isFocused ? spellExactly(at, text) : spellMoment(at, now, text)}
      </Text>
    </time>
  )
}
