import { acceptCompletion, autocompletion, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyField, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, codeFolding, foldGutter, foldKeymap, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { Mistake } from '../../contract/problem.ts'
import { useText } from '../parts/use-text.ts'
import { completeSlot } from './complete-slot.ts'
import { drawCard } from './draw-card.ts'
import { editorColors, editorLook } from './editor-look.ts'
import type { EditorProps } from './plain-editor.tsx'
import { slotCards } from './slot-card.ts'
import { findChoice, slotChoices } from './slot-choices.ts'
import { lightSlot, offsetOf, slotAround, slotMarks } from './slot-marks.ts'

/** JSON with `${…}`: names are completed, mistakes underlined where the server found them. Tab leaves it. */
export function TemplateEditor(props: EditorProps) {
  const { value, mistakes, remarks, describedBy, lit, handle, memory } = props
  const text = useText()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const current = useRef({ ...props, text })
  current.current = { ...props, text }

  useEffect(() => {
    const extensions = [
      lineNumbers(),
      codeFolding(),
      foldGutter(),
      lintGutter(),
      history(),
      bracketMatching(),
      highlightActiveLine(),
      json(),
      syntaxHighlighting(editorColors),
      slotMarks((name) => current.current.secrets.includes(name)),
      slotCards((expression) => {
        const choice = findChoice(slotChoices(current.current), expression)
        return choice && drawCard(choice, current.current.text)
      }),
      autocompletion({
        override: [(context) => completeSlot(context, current.current, current.current.text)],
        icons: false,
      }),
      reachableList,
      keymap.of([
        { key: 'Tab', run: acceptCompletion },
        // The wizard goes on by it.
        { key: 'Mod-Enter', run: () => true },
        ...completionKeymap,
        ...lintKeymap,
        ...historyKeymap,
        ...foldKeymap,
        ...defaultKeymap,
      ]),
      EditorState.phrases.of(text.editor),
      EditorView.lineWrapping,
      // It scrolls, so it says that it can have the focus, which an editable element has by itself.
      EditorView.contentAttributes.of({
        'aria-label': text.wizard.payload,
        'aria-describedby': describedBy,
        tabindex: '0',
      }),
      EditorView.domEventHandlers({
        mousemove: (event, moved) => {
          const at = moved.posAtCoords(event)
          current.current.onPoint?.(at === null ? undefined : slotAround(moved.state, at)?.place)
        },
        mouseleave: () => current.current.onPoint?.(undefined),
      }),
      EditorView.updateListener.of((update: ViewUpdate) => {
        const doc = update.state.doc.toString()
        if (update.docChanged && doc !== current.current.value) current.current.onChange(doc)
      }),
      editorLook,
    ]
    const made = new EditorView({ parent: place.current!, state: stateOf(memory.current, value, extensions) })
    view.current = made
    return () => {
      memory.current = made.state.toJSON({ history: historyField })
      made.destroy()
    }
    // The editor owns its text; changes from outside come by the next effect.
  }, [])

  useImperativeHandle(handle, () => ({
    goTo: (at) => {
      const editor = view.current!
      editor.dispatch({ selection: { anchor: offsetOf(editor.state, at) }, scrollIntoView: true })
      editor.focus()
    },
    insert: (inserted) => {
      const editor = view.current!
      editor.dispatch(editor.state.replaceSelection(inserted))
      editor.focus()
    },
  }))

  // At once: a moment later more may have been typed, which this would take back.
  useLayoutEffect(() => {
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

  useEffect(() => {
    if (view.current !== undefined) lightSlot(view.current, lit)
  }, [lit])

  return <div ref={place} />
}

/** What was undone and can be done again is kept over the steps of the wizard, while the text is the same. */
function stateOf(memory: unknown, doc: string, extensions: Extension) {
  const isSame = typeof memory === 'object' && memory !== null && (memory as { readonly doc?: unknown }).doc === doc
  return isSame
    ? EditorState.fromJSON(memory, { extensions }, { history: historyField })
    : EditorState.create({ doc, extensions })
}

/** Whoever cannot point scrolls the list of names too. */
const reachableList = ViewPlugin.define(({ dom }) => {
  const watcher = new MutationObserver(() => {
    for (const list of dom.querySelectorAll('.cm-tooltip-autocomplete > ul:not([tabindex])'))
      list.setAttribute('tabindex', '0')
  })
  watcher.observe(dom, { childList: true, subtree: true })
  return { destroy: () => watcher.disconnect() }
})

function locate(state: EditorState, { line, column, detail }: Mistake, severity: 'error' | 'warning'): Diagnostic {
  const from = offsetOf(state, { line, column })
  const to = slotAround(state, from)?.to ?? Math.min(from + 1, state.doc.lineAt(from).to)
  return { from, to: Math.max(to, from), severity, message: detail }
}
