import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

export const editorColors = HighlightStyle.define([
  { tag: tags.propertyName, color: 'light-dark(#1e40af, #93c5fd)' },
  { tag: tags.string, color: 'light-dark(#166534, #86efac)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'light-dark(#9a3412, #fdba74)' },
])

export const editorLook = EditorView.theme({
  '&': { border: '1px solid light-dark(#858d9b, #6b7584)', borderRadius: '6px', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', minHeight: '280px', maxHeight: '560px' },
  '.cm-content': { caretColor: 'light-dark(#111827, #e7eaf0)' },
  '.cm-gutters': { background: 'transparent', color: 'var(--mantine-color-dimmed)', border: 'none' },
  '.cm-activeLine': { background: 'light-dark(rgba(67, 56, 202, 0.05), rgba(165, 180, 252, 0.06))' },
  '.cm-slot': {
    color: 'light-dark(#6d28d9, #d8b4fe)',
    background: 'light-dark(#f1ebff, #33284a)',
    borderRadius: '3px',
  },
  '.cm-slot *': { color: 'inherit' },
  // The lock of the payload beside it is a shape; here it is a frame, so that the text stays the text.
  '.cm-slot-secret': { outline: '1px solid currentColor', outlineOffset: '-1px', padding: '0 2px', fontWeight: 500 },
  '.cm-slot-lit': { outline: '2px solid var(--mantine-color-anchor)' },
  '.cm-tooltip': {
    background: 'light-dark(#ffffff, #1e242e)',
    color: 'var(--mantine-color-text)',
    border: '1px solid light-dark(#cfd4dc, #38414f)',
    borderRadius: '6px',
    overflow: 'hidden',
  },
  '.cm-slot-card, .cm-tooltip.cm-completionInfo': {
    padding: '8px 10px',
    maxWidth: 'min(90vw, 360px)',
    fontSize: '13px',
    lineHeight: '18px',
    fontFamily: 'var(--mantine-font-family)',
    overflowWrap: 'anywhere',
  },
  '.cm-slot-card code': { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '12px' },
  '.cm-tooltip-autocomplete > ul': { maxWidth: 'min(95vw, 520px)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'light-dark(#e0e7ff, #262c4f)',
    color: 'light-dark(#312e81, #c7d2fe)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', fontFamily: 'var(--mantine-font-family)', opacity: 0.8 },
})
