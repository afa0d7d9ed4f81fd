import { Group, Text } from '@mantine/core'
import { markShapes, type MarkShape } from './mark-shapes.tsx'

export type Meaning = 'good' | 'warn' | 'bad' | 'brand' | 'idle'

/** What a mark looks like: states of one thing that mean the same differ in their shape. */
export interface Mark {
  readonly meaning: Meaning
  readonly shape?: MarkShape
}

/** Shape, word and color, each of which suffices alone. */
export function StatusMark({ meaning, shape = usual[meaning], label }: Mark & { readonly label: string }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex">
      <svg
        width={14}
        height={14}
        viewBox="0 0 14 14"
        aria-hidden
        focusable="false"
        color={`light-dark(var(--mantine-color-${meaning}-7), var(--mantine-color-${meaning}-4))`}
        stroke="currentColor"
        style={{ flex: 'none' }}
      >
        {markShapes[shape]}
      </svg>
      <Text span inherit fw={500}>
        {label}
      </Text>
    </Group>
  )
}

const usual: Readonly<Record<Meaning, MarkShape>> = {
  good: 'tick',
  bad: 'cross',
  warn: 'triangle',
  brand: 'plate',
  idle: 'dashes',
}
