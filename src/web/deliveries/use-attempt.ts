import { useNavigate } from '@tanstack/react-router'
import type { Attempt } from '../../contract/delivery.ts'
import { useSearched } from '../api/use-address.ts'

export const attemptTabs = ['response', 'request', 'signature', 'curl'] as const
export type AttemptTab = (typeof attemptTabs)[number]

/** The attempt that the address names, else the last one; and what of it is shown. */
export function useAttempt(attempts: readonly Attempt[]) {
  const { attempt: named, tab: open } = useSearched()
  const navigate = useNavigate()
  const tab = attemptTabs.find((one) => one === open) ?? 'response'
  const go = (search: { readonly attempt?: string | undefined; readonly tab?: AttemptTab }, replace: boolean): void =>
    void navigate({ to: '.', search, replace, resetScroll: false })
  return {
    chosen: attempts.find(({ number }) => String(number) === named) ?? attempts.at(-1),
    tab,
    /** Step by step with the keyboard is one step for the way back. */
    choose: ({ number }: Attempt, replace = false) => go({ attempt: String(number), tab }, replace),
    show: (next: AttemptTab) => go({ attempt: named, tab: next }, false),
  }
}
