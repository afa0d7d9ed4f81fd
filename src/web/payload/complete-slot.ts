import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { Words } from '../text/words.ts'
import { drawCard } from './draw-card.ts'
import { slotChoices, type SlotChoice, type SlotContext } from './slot-choices.ts'

const boosts: Readonly<Record<SlotChoice['kind'], number>> = { value: 4, part: 3, secret: 2, blank: -4 }

/** Names after `${`; one brace closes what is chosen. */
export function completeSlot(context: CompletionContext, known: SlotContext, text: Words): CompletionResult | null {
  const open = context.matchBefore(/\$\{[\w.]*/)
  if (open === null) return null
  const closes = context.state.sliceDoc(context.pos, context.pos + 1) === '}'
  return {
    from: open.from + 2,
    options: slotChoices(known).map((choice): Completion => ({
      label: choice.name,
      detail: detailOf(choice, text),
      boost: boosts[choice.kind],
      info: () => drawCard(choice, text),
      apply: closes ? choice.name : `${choice.name}}`,
    })),
    validFor: /^[\w.]*$/,
  }
}

function detailOf({ kind, about, value }: SlotChoice, text: Words): string {
  if (kind === 'secret') return text.editing.aSecret
  if (kind === 'blank') return text.editing.blankHere
  return about === undefined ? spellShort(value) : text.about(about)
}

function spellShort(value: unknown): string {
  const spelled = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return spelled.length > 40 ? `${spelled.slice(0, 40)}…` : spelled
}
