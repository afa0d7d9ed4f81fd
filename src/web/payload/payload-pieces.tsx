import { IconLock } from '@tabler/icons-react'
import type { PayloadPiece } from '../../contract/payload.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import type { Place } from './plain-editor.tsx'

/** What would be sent, as it is; what came from a variable stands out, and so does what is blank or unknown, by more than a color. */
export function PayloadPieces({
  pieces,
  label,
  lit,
  onPoint,
}: {
  readonly pieces: readonly PayloadPiece[]
  readonly label: string
  readonly lit?: Place | undefined
  readonly onPoint?: (at: Place | undefined) => void
}) {
  return (
    <pre className="pieces" tabIndex={0} role="region" aria-label={label}>
      {pieces.map((piece, index) => {
        const { kind, text, of, line, column } = piece
        if (kind === 'text') return text
        const place = line === undefined || column === undefined ? undefined : { line, column }
        const isLit = place !== undefined && lit?.line === line && lit?.column === column
        return (
          <mark
            // Pieces never move.
            key={index}
            className={`piece-${kind}`}
            title={of}
            {...(isLit ? { 'data-lit': true } : {})}
            onMouseEnter={() => onPoint?.(place)}
            onMouseLeave={() => onPoint?.(undefined)}
          >
            <Shown piece={piece} />
          </mark>
        )
      })}
    </pre>
  )
}

function Shown({ piece: { kind, text: shown, of = '' } }: { readonly piece: PayloadPiece }) {
  const text = useText()
  if (kind === 'blank') return <StatusMark meaning="warn" label={text.editing.blank} />
  if (kind === 'unknown') return <StatusMark meaning="bad" label={of} />
  if (kind !== 'secret') return shown
  return (
    <>
      <IconLock size={12} stroke={2} aria-hidden /> {text.editing.secretNamed(of.replace(/^\$\{?|\}$/g, ''))}
    </>
  )
}
