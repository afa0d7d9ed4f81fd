import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import {
  Decoration,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { EventType } from '../../contract/event-types.ts'
import type { Mistake } from '../../contract/problem.ts'
import { variables } from '../../contract/variables.ts'
import { useText } from '../parts/use-text.ts'
import type { EditorProps } from './plain-editor.tsx'

/** JSON with `${…}`: names are completed, mistakes underlined where the server found them. Tab leaves it. */
export function TemplateEditor({ value, mistakes, remarks, eventType, secrets, onChange }: EditorProps) {
  const text = useText()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const current = useRef({ eventType, secrets, onChange, tell: text.about })
  current.current = { eventType, secrets, onChange, tell: text.about }

  useEffect(() => {
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          json(),
          syntaxHighlighting(colors),
          slots,
          autocompletion({ override: [(context) => complete(context, current.current)] }),
          keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorState.phrases.of(text.editor),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': text.wizard.payload, 'aria-describedby': 'payload-help' }),
          EditorView.updateListener.of((update: ViewUpdate) => {
            if (update.docChanged) current.current.onChange(update.state.doc.toString())
          }),
          look,
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
    // The editor owns its text; changes from outside come by the next effect.
  }, [])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined) return
    const tell = (mistake: Mistake): Mistake => ({ ...mistake, detail: text.server(mistake.detail) })
    const found = [
      ...mistakes.map((mistake) => locate(editor.state, tell(mistake), 'error')),
      ...remarks
        .filter(({ line }) => line !== undefined)
        .map((remark) => locate(editor.state, tell(remark), 'warning')),
    ]
    editor.dispatch(setDiagnostics(editor.state, found))
  }, [mistakes, remarks, text])

  return <div ref={place} />
}

const slots = ViewPlugin.fromClass(
  class {
    readonly matcher = new MatchDecorator({
      regexp: /\$\{[^}\n]*\}/g,
      decoration: Decoration.mark({ class: 'cm-slot' }),
    })
    decorations
    constructor(view: EditorView) {
      this.decorations = this.matcher.createDeco(view)
    }
    update(update: ViewUpdate) {
      this.decorations = this.matcher.updateDeco(update, this.decorations)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

const colors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'light-dark(#1e40af, #93c5fd)' },
  { tag: tags.string, color: 'light-dark(#166534, #86efac)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'light-dark(#9a3412, #fdba74)' },
])

const look = EditorView.theme({
  '&': { border: '1px solid light-dark(#858d9b, #6b7584)', borderRadius: '6px', fontSize: '13px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', minHeight: '280px', maxHeight: '560px' },
  '.cm-content': { caretColor: 'light-dark(#111827, #e7eaf0)' },
  '.cm-gutters': { background: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-slot': {
    color: 'light-dark(#6d28d9, #d8b4fe)',
    background: 'light-dark(#f1ebff, #33284a)',
    borderRadius: '3px',
  },
  '.cm-slot *': { color: 'inherit' },
  '.cm-tooltip': {
    background: 'light-dark(#ffffff, #1e242e)',
    color: 'var(--mantine-color-text)',
    border: '1px solid light-dark(#cfd4dc, #38414f)',
    borderRadius: '6px',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': { maxWidth: 'min(95vw, 520px)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'light-dark(#e0e7ff, #262c4f)',
    color: 'light-dark(#312e81, #c7d2fe)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', fontFamily: 'var(--mantine-font-family)', opacity: 0.8 },
})

/** What can stand in `${…}`: what has a value for this event first, then secrets, then what would be blank. */
function complete(
  context: CompletionContext,
  {
    eventType,
    secrets,
    tell,
  }: {
    readonly eventType: EventType
    readonly secrets: readonly string[]
    readonly tell: (about: string) => string
  },
): CompletionResult | null {
  const open = context.matchBefore(/\$\{[\w.]*/)
  if (open === null) return null
  const closes = context.state.sliceDoc(context.pos, context.pos + 1) === '}'
  const option = (name: string, detail: string, boost: number) => ({
    label: name,
    detail,
    boost,
    apply: closes ? name : `${name}}`,
  })
  return {
    from: open.from + 2,
    options: [
      ...Object.entries(variables).map(([name, { about, eventTypes }]) =>
        option(name, tell(about), eventTypes.some((type) => type === eventType) ? 2 : -2),
      ),
      ...secrets.map((name) => option(name, '', 0)),
    ],
    validFor: /^[\w.]*$/,
  }
}

function locate({ doc }: EditorState, { line, column, detail }: Mistake, severity: 'error' | 'warning'): Diagnostic {
  const at = doc.line(Math.min(line ?? 1, doc.lines))
  const from = Math.min(at.from + (column ?? 1) - 1, at.to)
  const slot = /^\$\{[^}\n]*\}?/.exec(at.text.slice(from - at.from))
  return { from, to: Math.max(from + (slot?.[0].length ?? 1), from), severity, message: detail }
}
