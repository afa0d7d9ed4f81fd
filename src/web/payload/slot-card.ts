import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import { hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view'
import { slotAround } from './slot-marks.ts'

/** What is told of a slot: where the pointer rests, and at the caret with Ctrl I. */
export function slotCards(draw: (expression: string) => HTMLElement | undefined) {
  const cardAt = (state: EditorState, at: number): Tooltip | null => {
    const slot = slotAround(state, at)
    const card = slot === undefined ? undefined : draw(slot.expression)
    return slot === undefined || card === undefined
      ? null
      : { pos: slot.from, end: slot.to, above: true, create: () => ({ dom: card }) }
  }
  const show = StateEffect.define<number>()
  const shown = StateField.define<Tooltip | null>({
    create: () => null,
    update(before, { effects, state, docChanged, selection }) {
      for (const effect of effects) if (effect.is(show)) return cardAt(state, effect.value)
      return docChanged || selection !== undefined ? null : before
    },
    provide: (field) => showTooltip.from(field),
  })
  return [
    hoverTooltip((view, at) => cardAt(view.state, at)),
    shown,
    keymap.of([
      {
        key: 'Mod-i',
        run: (view) => {
          view.dispatch({ effects: show.of(view.state.selection.main.head) })
          return true
        },
      },
    ]),
  ]
}
