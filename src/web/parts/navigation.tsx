import { Badge, Button, Kbd, NativeSelect, NavLink, Text, VisuallyHidden } from '@mantine/core'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { pageTitle } from '../api/page-title.ts'
import { useAttention } from '../api/use-attention.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useSwitchTeam } from '../api/use-switch-team.ts'
import { useTeam } from '../api/use-team.ts'
import { searchKeys } from '../keys/search-keys.ts'
import { navItems, type NavItem } from './nav-items.ts'
import { useText } from './use-text.ts'

/** Where one can go, and how much needs somebody. */
export function Navigation({
  onSearch,
  onShortcuts,
}: {
  readonly onSearch: () => void
  readonly onShortcuts: () => void
}) {
  const text = useText()
  const { team } = useTeam()
  const { general, places, ofTeam } = navItems(text.nav, team, useIsAdmin(team))
  const attention = useCountInTitle(team)
  return (
    <>
      <Button
        variant="default"
        visibleFrom="sm"
        size="sm"
        mb="xs"
        style={{ flexShrink: 0 }}
        justify="space-between"
        leftSection={<IconSearch size={16} stroke={1.75} />}
        rightSection={
          <Kbd size="xs" style={{ whiteSpace: 'nowrap' }}>
            {searchKeys}
          </Kbd>
        }
        onClick={onSearch}
      >
        {text.nav.search}
      </Button>
      {general.map((item) => (
        <Item key={item.to} item={item} needs={item.to === '/overview' ? attention : 0} />
      ))}
      <Heading label={text.nav.places} />
      {places.map((item) => (
        <Item key={item.to} item={item} />
      ))}
      {team !== undefined && (
        <>
          <Heading label={text.nav.team} />
          <TeamSwitcher />
          {ofTeam.map((item) => (
            <Item key={item.to} item={item} />
          ))}
        </>
      )}
      <NavLink
        component="button"
        mt="auto"
        label={text.shortcuts.title}
        leftSection={<IconKeyboard size={18} stroke={1.75} />}
        onClick={onShortcuts}
      />
    </>
  )
}

/** Seen in other tabs of the browser too. */
function useCountInTitle(team: string | undefined): number {
  const { count } = useAttention(team)
  useEffect(() => {
    pageTitle.count(count)
    return () => pageTitle.count(0)
  }, [count])
  return count
}

function TeamSwitcher() {
  const text = useText()
  const { team, teams } = useTeam()
  const switchTeam = useSwitchTeam()
  return (
    <NativeSelect
      aria-label={text.nav.switcher}
      size="xs"
      mx="sm"
      mb={4}
      data={teams}
      value={team ?? ''}
      onClick={(clicked) => clicked.stopPropagation()}
      onChange={({ currentTarget: { value } }) => switchTeam(value)}
    />
  )
}

function Heading({ label }: { readonly label: string }) {
  return (
    <Text size="xs" c="dimmed" fw={500} px="sm" pt="md" pb={4}>
      {label}
    </Text>
  )
}

function Item({ item: { to, label, icon: Icon }, needs = 0 }: { readonly item: NavItem; readonly needs?: number }) {
  const text = useText()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const active = path === to || path.startsWith(`${to}/`)
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={18} stroke={1.75} />}
      rightSection={
        needs > 0 && (
          <Badge color="warn" variant="light" size="sm">
            <span aria-hidden>{text.number(needs)}</span>
            <VisuallyHidden>{text.nav.needs(needs)}</VisuallyHidden>
          </Badge>
        )
      }
      active={active}
      {...(active ? { 'aria-current': 'page' as const } : {})}
    />
  )
}
