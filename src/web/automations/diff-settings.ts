import type { AutomationRevision } from '../../contract/automation.ts'
import { diffLines, type DiffLine } from '../parts/diff-lines.ts'

/** What an automation says; an automation and a revision both do. */
export type Settings = Omit<AutomationRevision, 'revision' | 'at' | 'by'>

export const settingNames = [
  'name',
  'description',
  'enabled',
  'paused',
  'event',
  'filter',
  'webhook',
  'payload',
  'rate',
] as const
export type SettingName = (typeof settingNames)[number]

export interface SettingChange {
  readonly name: SettingName
  readonly lines: readonly DiffLine[]
}

/** How a reader is told what is an id, a code or a switch. */
export interface SettingWords {
  readonly event: (type: string) => string
  readonly webhook: (id: string) => string
  readonly on: string
  readonly off: string
  readonly recordOnly: string
}

/** What differs between two settings, in the order of the form. */
export function diffSettings(before: Settings, after: Settings, words: SettingWords): readonly SettingChange[] {
  return settingNames.flatMap((name) => {
    const [from, to] = [before, after].map((settings) => spellers[name](settings, words)) as [string, string]
    return from === to ? [] : [{ name, lines: diffLines(from, to) }]
  })
}

const spellers: Readonly<Record<SettingName, (settings: Settings, words: SettingWords) => string>> = {
  name: ({ name }) => name,
  description: ({ description }) => description ?? '',
  enabled: ({ enabled }, { on, off }) => (enabled ? on : off),
  paused: (settings) => settings.paused_reason ?? '',
  event: (settings, { event }) => event(settings.event_type),
  filter: ({ filter }) => JSON.stringify(filter, null, 2),
  webhook: ({ action }, { webhook, recordOnly }) => (action.type === 'webhook' ? webhook(action.webhook) : recordOnly),
  payload: ({ action }) => (action.type === 'webhook' ? action.template : ''),
  rate: (settings) => String(settings.fires_per_minute_max),
}
