import { Differences } from '../parts/differences.tsx'
import { useText } from '../parts/use-text.ts'
import type { Words } from '../text/words.ts'
import type { SettingChange } from './diff-settings.ts'

/** The difference of each setting that has one. */
export function SettingChanges({ changes }: { readonly changes: readonly SettingChange[] }) {
  const text = useText()
  return <Differences differences={changes.map((change) => spellHeading(change, text))} />
}

export function spellHeading({ name, lines }: SettingChange, text: Words) {
  return { heading: text.changes.headings[name], lines }
}
