import { Box } from '@mantine/core'
import type { DiffLine } from './diff-lines.ts'

const kinds = { '−': 'went', '+': 'came', ' ': undefined, '…': undefined } as const

/** Lines with their signs, what differs within a line stronger. */
export function DiffView({ lines }: { readonly lines: readonly DiffLine[] }) {
  return (
    <Box component="pre" className="diff">
      {lines.map((line, index) => (
        // Lines may be the same, and never move.
        <div key={index} className={kinds[line.sign]}>
          <span>{line.sign} </span>
          <Changed {...line} />
        </div>
      ))}
    </Box>
  )
}

function Changed({ text, changed }: Pick<DiffLine, 'text' | 'changed'>) {
  if (changed === undefined) return text
  const [start, end] = changed
  return (
    <>
      {text.slice(0, start)}
      <strong>{text.slice(start, end)}</strong>
      {text.slice(end)}
    </>
  )
}
