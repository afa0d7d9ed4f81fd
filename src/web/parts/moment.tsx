import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { spellExactly, spellMoment } from './spell-time.ts'
import { useText } from './use-text.ts'

const tickMs = 10_000

/** An instant, near ones relative and ticking; the exact one on hover, and for machines. */
export function Moment({ at }: { readonly at: string }) {
  const text = useText()
  const now = useNow()
  return (
    <time dateTime={at} title={spellExactly(at, text)}>
      <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
        {spellMoment(at, now, text)}
      </Text>
    </time>
  )
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), tickMs)
    return () => window.clearInterval(timer)
  }, [])
  return now
}
