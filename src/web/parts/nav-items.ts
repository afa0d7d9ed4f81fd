import {
  IconActivity,
  IconArrowRampRight,
  IconFolder,
  IconHistory,
  IconKey,
  IconListDetails,
  IconServer2,
  IconShieldCheck,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { shortcuts } from '../keys/shortcuts.ts'
import type { Words } from '../text/words.ts'

export interface NavItem {
  readonly to: string
  readonly label: string
  readonly icon: ComponentType<{ size: number; stroke: number }>
  readonly keys?: string
}

/** Where one can go, in the order of the navigation: everywhere, where things happen, and in one's team. */
export function navItems(words: Words['nav'], team: string | undefined, isAdmin: boolean) {
  const general: readonly NavItem[] = [
    { to: '/overview', label: words.overview, icon: IconActivity, keys: shortcuts.overview },
    { to: '/automations', label: words.automations, icon: IconArrowRampRight, keys: shortcuts.automations },
    { to: '/history', label: words.history, icon: IconHistory, keys: shortcuts.history },
    { to: '/events', label: words.events, icon: IconListDetails, keys: shortcuts.events },
  ]
  const places: readonly NavItem[] = [
    { to: '/registries', label: words.registries, icon: IconServer2, keys: shortcuts.registries },
    { to: '/projects', label: words.projects, icon: IconFolder },
  ]
  const ofTeam: readonly NavItem[] =
    team === undefined
      ? []
      : [
          { to: `/teams/${team}/webhooks`, label: words.webhooks, icon: IconWebhook, keys: shortcuts.webhooks },
          { to: `/teams/${team}/secrets`, label: words.secrets, icon: IconKey },
          { to: `/teams/${team}/members`, label: words.members, icon: IconUsers },
          ...(isAdmin ? [{ to: `/teams/${team}/audit`, label: words.audit, icon: IconShieldCheck }] : []),
        ]
  return { general, places, ofTeam }
}
