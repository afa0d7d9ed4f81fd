import type { AutomationRevision } from '../../contract/automation.ts'
import type { Words } from '../text/words.ts'
import type { SettingChange } from './diff-settings.ts'

/** Who did what: “ada changed the filter and the payload”. Without changes it is what it began with. */
export function spellChange(
  { by, enabled, paused_reason: paused }: AutomationRevision,
  changes: readonly SettingChange[] | undefined,
  text: Words,
): string {
  const who = by ?? text.product
  if (changes === undefined) return text.changes.made(who)
  const [first, ...others] = changes
  // What changes nothing is not written, but for this.
  if (first === undefined) return text.changes.restored(who)
  if (others.length === 0) {
    if (first.name === 'enabled') return enabled ? text.changes.turnedOn(who) : text.changes.turnedOff(who)
    if (first.name === 'paused') return paused === null ? text.changes.resumed(who) : text.changes.paused(who)
  }
  return text.changes.changed(who, listSettings(changes, text))
}

/** “the name, the filter and the payload”. */
export function listSettings(changes: readonly SettingChange[], text: Words): string {
  return new Intl.ListFormat(text.locale).format(changes.map(({ name }) => text.changes.settings[name]))
}
