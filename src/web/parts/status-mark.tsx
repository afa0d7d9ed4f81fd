import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export type Meaning = 'good' | 'warn' | 'bad' | 'brand' | 'idle'

/** Shape, word and color, each of which suffices alone. */
export function StatusMark({ meaning, label }: { readonly meaning: Meaning; readonly label: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden focusable="false" style={{ flex: 'none' }}>
        {shapes[meaning]}
      </svg>
      <Text span inherit fw={500}>
        {label}
      </Text>
    </Group>
  )
}

const mark = (name: Meaning): string => `light-dark(var(--mantine-color-${name}-7), var(--mantine-color-${name}-4))`

const shapes: Readonly<Record<Meaning, ReactNode>> = {
  good: (
    <>
      <circle cx="7" cy="7" r="7" fill={mark('good')} />
      <path d="M3.8 7.2 6 9.4l4.2-4.6" fill="none" stroke="light-dark(#fff, #10141c)" strokeWidth="1.8" />
    </>
  ),
  bad: (
    <>
      <rect width="14" height="14" rx="2" fill={mark('bad')} />
      <path d="m4.2 4.2 5.6 5.6m0-5.6L4.2 9.8" stroke="light-dark(#fff, #10141c)" strokeWidth="1.8" />
    </>
  ),
  warn: <path d="M7 .5 13.6 13H.4z" fill={mark('warn')} />,
  brand: <path d="M1 2.5h6.5L13 7l-5.5 4.5H1z" fill={mark('brand')} />,
  idle: <circle cx="7" cy="7" r="5.8" fill="none" stroke={mark('idle')} strokeWidth="2" strokeDasharray="3 2" />,
}
