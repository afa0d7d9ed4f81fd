import { queries } from '../api/client.ts'
import { butLoaded } from '../api/use-live-pages.ts'
import type { Shortcut } from './shortcuts.ts'

type Act = () => void

/** What each shortcut would do on the page as it is now, undefined where there is nothing to do it to. */
export type Acts = Readonly<Record<Shortcut, Act | undefined>>

/** `row` is the one that keys would act on: lists mark theirs, pages their filters, and with `aria-keyshortcuts` what a key presses. */
export function readActs(
  row: HTMLElement | undefined,
  {
    team,
    isMember,
    go,
    search,
    list,
  }: {
    readonly team: string | undefined
    readonly isMember: boolean
    readonly go: (address: string) => void
    readonly search: Act
    readonly list: Act
  },
): Acts {
  return {
    search,
    list,
    overview: () => go('/overview'),
    automations: () => go('/automations'),
    history: () => go('/history'),
    events: () => go('/events'),
    registries: () => go('/registries'),
    webhooks: team === undefined ? undefined : () => go(`/teams/${team}/webhooks`),
    create: isMember ? () => go('/automations/new') : undefined,
    down: focusing(rowAfter(row, 1)),
    up: focusing(rowAfter(row, -1)),
    open: pressing(row?.querySelector<HTMLElement>('[data-card="name"] :is(a, button)')),
    select: clicking(row?.querySelector<HTMLElement>('[data-card="tick"] input')),
    menu: pressing(row?.querySelector<HTMLElement>('[aria-haspopup="menu"]')),
    filter: pressing(document.querySelector<HTMLElement>(`[${filters}] :is(input, select)`)),
    refresh: pressing(marked('r', document)) ?? (() => void queries.refetchQueries({ type: 'active', ...butLoaded })),
    edit: pressing(marked('e', document)),
    test: pressing(row === undefined ? marked('t', document) : marked('t', row)),
    close: () => focused()?.blur(),
  }
}

/** Marks the fields that narrow a list down. */
export const filters = 'data-filters'

export function focused(): HTMLElement | undefined {
  return document.activeElement instanceof HTMLElement ? document.activeElement : undefined
}

export function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [data-row]')]
}

/** From no row down is the first one. */
function rowAfter(row: HTMLElement | undefined, steps: 1 | -1): HTMLElement | undefined {
  const all = rows()
  const index = row === undefined ? -1 : all.indexOf(row)
  return all[Math.min(Math.max(index + steps, 0), all.length - 1)]
}

function marked(key: string, within: ParentNode): HTMLElement | undefined {
  return [...within.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`)].find((one) => one.checkVisibility())
}

function focusing(element: HTMLElement | undefined): Act | undefined {
  return element && (() => element.focus())
}

function pressing(element: HTMLElement | null | undefined): Act | undefined {
  if (element === null || element === undefined) return undefined
  return element.matches('input, select, textarea') ? focusing(element) : clicking(element)
}

function clicking(element: HTMLElement | null | undefined): Act | undefined {
  if (element === null || element === undefined) return undefined
  return () => element.click()
}
