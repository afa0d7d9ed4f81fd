import { Textarea } from '@mantine/core'
import type { RefObject } from 'react'
import type { EventType } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import { codeInput } from '../parts/code-input.ts'
import { useText } from '../parts/use-text.ts'

/** Where something begins in a template, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface EditorHandle {
  /** Sets the focus there. */
  readonly goTo: (place: Pick<Mistake, 'line' | 'column'>) => void
  /** Puts a text where the caret is. */
  readonly insert: (text: string) => void
}

export interface EditorProps {
  readonly value: string
  readonly mistakes: readonly Mistake[]
  /** What may not do what was meant. */
  readonly remarks: readonly Mistake[]
  readonly eventType: EventType
  /** Names that the payload may hold: secrets granted to the webhook. */
  readonly secrets: readonly string[]
  /** What variables stand for in the event that was chosen. */
  readonly values: Readonly<Record<string, unknown>>
  /** The id of what is said to it. */
  readonly describedBy: string
  /** The variable that is pointed at elsewhere. */
  readonly lit?: Place | undefined
  readonly onPoint?: ((at: Place | undefined) => void) | undefined
  readonly handle: RefObject<EditorHandle | null>
  /** What was done in it, for as long as somebody goes to and fro. */
  readonly memory: RefObject<unknown>
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
