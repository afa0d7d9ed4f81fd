import type { Words } from '../text/words.ts'
import type { SlotChoice } from './slot-choices.ts'

const valueCharsMax = 200

/** What a name means, and its value in the event that was chosen. */
export function drawCard({ name, kind, about, value }: SlotChoice, text: Words): HTMLElement {
  const card = document.createElement('div')
  card.className = 'cm-slot-card'
  const code = document.createElement('code')
  code.textContent = `\${${name}}`
  card.append(code)
  const lines = [
    kind === 'secret' ? text.editing.secretNote(name) : about === undefined ? '' : text.about(about),
    kind === 'blank' ? text.editing.blankHere : value === undefined ? '' : text.editing.inEvent(spell(value)),
  ]
  for (const line of lines.filter((said) => said !== '')) {
    const told = document.createElement('div')
    told.textContent = line
    card.append(told)
  }
  return card
}

function spell(value: unknown): string {
  const spelled = JSON.stringify(value)
  return spelled.length > valueCharsMax ? `${spelled.slice(0, valueCharsMax)}…` : spelled
}
