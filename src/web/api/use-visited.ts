import { useLocalStorage } from '@mantine/hooks'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Words } from '../text/words.ts'
import { useMe } from './use-me.ts'

export type Kind = keyof Words['kinds']

export interface Visited {
  readonly path: string
  readonly name: string
  readonly kind: Kind
}

const keptMax = 5

/** The pages of things that this person was at last in this browser, the last one first. */
export function useVisited() {
  const me = useMe()
  return useLocalStorage<readonly Visited[]>({
    key: `signalbox-visited-${me.data?.id ?? ''}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  })
}

/** Notes that this page was visited. */
export function useVisit(name: string, kind: Kind): void {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const [, keep] = useVisited()
  useEffect(() => {
    keep((before) => [{ path, name, kind }, ...before.filter((one) => one.path !== path)].slice(0, keptMax))
  }, [path, name, kind, keep])
}
