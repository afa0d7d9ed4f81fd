import { Anchor, Group, Stack, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { pageTitle } from '../api/page-title.ts'
import { useNamed } from '../api/use-address.ts'
import { useVisit, type Kind } from '../api/use-visited.ts'
import { useText } from './use-text.ts'

/** A page with its one heading, which is the document's title too, and its one primary action. */
export function Page({
  title,
  kind,
  action,
  children,
}: {
  readonly title: string
  /** Of a page about one thing, once it is there: such pages can be gone back to. */
  readonly kind?: Kind
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  const text = useText()
  const heading = useFocusOnArrival()
  const noun = kind && text.kinds[kind]
  useEffect(() => pageTitle.say(noun === undefined ? [title] : [title, noun]), [title, noun])
  return (
    <Stack gap="md">
      {kind !== undefined && <ParentLink kind={kind} />}
      <Group justify="space-between" align="center">
        <Title order={1} style={{ overflowWrap: 'anywhere' }} ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {action}
      </Group>
      {kind !== undefined && <Visit name={title} kind={kind} />}
      {children}
    </Stack>
  )
}

/** To the list that a thing stands in; registries, projects and collections say more of where they are. */
function ParentLink({ kind }: { readonly kind: Kind }) {
  const { nav } = useText()
  const { team } = useNamed()
  const parents: { readonly [kind in Kind]?: readonly [address: string, name: string] } = {
    automation: ['/automations', nav.automations],
    delivery: ['/history', nav.history],
    event: ['/events', nav.events],
    webhook: [`/teams/${team}/webhooks`, nav.webhooks],
  }
  const parent = parents[kind]
  if (parent === undefined) return null
  const [address, name] = parent
  return (
    <Anchor component={Link} to={address} size="sm" style={{ alignSelf: 'start' }}>
      ‹ {name}
    </Anchor>
  )
}

function Visit({ name, kind }: { readonly name: string; readonly kind: Kind }) {
  useVisit(name, kind)
  return null
}

let arrivedAt: string | undefined
let isHandedOn = false

/** A heading has the focus when its page is come to; one that makes way for what was awaited hands it on. */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const title = heading.current
    const path = window.location.pathname
    if (isHandedOn || (arrivedAt !== undefined && arrivedAt !== path)) title?.focus({ preventScroll: true })
    isHandedOn = false
    arrivedAt = path
    return () => {
      isHandedOn = document.activeElement === title
    }
  }, [])
  return heading
}
