import { Text } from '@mantine/core'
import { useEffect, useState } from 'react'

const tickMs = 10_000

/** An instant, near ones relative and ticking; the exact one on hover, and for machines. */
export function Moment({ at }: { readonly at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exact(at)}>
      <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }}>
        {spellMoment(at, now)}
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

export function spellMoment(iso: string, now: Date): string {
  const at = new Date(iso)
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  const ahead = seconds < 0
  const away = Math.abs(seconds)
  if (away < 3600) {
    const text = away < 60 ? `${away} s` : `${Math.round(away / 60)} min`
    return ahead ? `in ${text}` : `${text} ago`
  }
  const isToday = at.toDateString() === now.toDateString()
  const time = at.toLocaleTimeString('en-GB', isToday ? {} : { hour: '2-digit', minute: '2-digit' })
  if (isToday) return time
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })}, ${time}`
}

function exact(iso: string): string {
  return `${new Date(iso).toString()} · ${iso}`
}

export function spellMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(1)} s`
}
