import { SegmentedControl } from '@mantine/core'
import { spans, type Span } from './span.ts'
import { useText } from './use-text.ts'

/** How far back pictures look. */
export function SpanChoice({ span, onChange }: { readonly span: Span; readonly onChange: (span: Span) => void }) {
  const text = useText()
  return (
    <SegmentedControl
      aria-label={text.pictures.range}
      size="xs"
      value={span}
      data={spans.map((value) => ({ value, label: text.pictures.ranges[value] }))}
      onChange={(value) => onChange(spans.find((one) => one === value) ?? span)}
    />
  )
}
