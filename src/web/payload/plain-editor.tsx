import { Textarea } from '@mantine/core'
import type { EventType } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import { codeInput } from '../parts/code-input.ts'
import { useText } from '../parts/use-text.ts'

export interface EditorProps {
  readonly value: string
  readonly mistakes: readonly Mistake[]
  /** What may not do what was meant. */
  readonly remarks: readonly Mistake[]
  readonly eventType: EventType
  /** Names that the payload may hold: secrets granted to the webhook. */
  readonly secrets: readonly string[]
  readonly onChange: (template: string) => void
}

/** Until the editor is there. */
export function PlainEditor({ value, onChange }: EditorProps) {
  const text = useText()
  return (
    <Textarea
      aria-label={text.wizard.payload}
      value={value}
      rows={14}
      styles={codeInput}
      spellCheck={false}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
