import { StateEffect, StateField, type EditorState } from '@codemirror/state'
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'
import type { Mistake } from '../../contract/problem.ts'
import type { Place } from './plain-editor.tsx'

const slotPattern = /\$\{([^}\n]*)\}/g

/** Every `${…}` stands out; a secret has a frame, and the arrows step over it as over one character. */
export function slotMarks(isSecret: (name: string) => boolean) {
  const plugin = ViewPlugin.fromClass(
    class {
      readonly matcher = new MatchDecorator({
        regexp: slotPattern,
        decoration: ([, name = '']) =>
          Decoration.mark({ class: isSecret(name) ? 'cm-slot cm-slot-secret' : 'cm-slot', isSecret: isSecret(name) }),
      })
      decorations
      constructor(view: EditorView) {
        this.decorations = this.matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.decorations = this.matcher.updateDeco(update, this.decorations)
      }
    },
    {
      decorations: ({ decorations }) => decorations,
      provide: (marks) =>
        EditorView.atomicRanges.of((view) => {
          const decorations = view.plugin(marks)?.decorations ?? Decoration.none
          return decorations.update({
            filter: (_from, _to, { spec }) => (spec as { isSecret?: boolean }).isSecret === true,
          })
        }),
    },
  )
  return [plugin, lit]
}

const light = StateEffect.define<Place | undefined>()

const lit = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, { effects, state, changes }) {
    for (const effect of effects) if (effect.is(light)) return markAt(state, effect.value)
    return before.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

export function lightSlot(view: EditorView, place: Place | undefined): void {
  view.dispatch({ effects: light.of(place) })
}

function markAt(state: EditorState, place: Place | undefined): DecorationSet {
  const slot = place === undefined ? undefined : slotAround(state, offsetOf(state, place))
  return slot === undefined
    ? Decoration.none
    : Decoration.set(Decoration.mark({ class: 'cm-slot-lit' }).range(slot.from, slot.to))
}

export function offsetOf({ doc }: EditorState, { line = 1, column = 1 }: Pick<Mistake, 'line' | 'column'>): number {
  const at = doc.line(Math.max(1, Math.min(line, doc.lines)))
  return Math.min(at.from + column - 1, at.to)
}

/** The slot that an offset is in, its braces included. */
export function slotAround(
  { doc }: EditorState,
  at: number,
): { readonly from: number; readonly to: number; readonly expression: string; readonly place: Place } | undefined {
  const line = doc.lineAt(at)
  for (const match of line.text.matchAll(slotPattern)) {
    const from = line.from + match.index
    const to = from + match[0].length
    if (from <= at && at < to)
      return { from, to, expression: match[1] ?? '', place: { line: line.number, column: match.index + 1 } }
  }
  return undefined
}
