import {
  ActionIcon,
  Anchor,
  AppShell,
  Burger,
  Group,
  NavLink,
  NativeSelect,
  Text,
  type NavLinkProps,
  useMantineColorScheme,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconActivity,
  IconArrowRampRight,
  IconFolder,
  IconHistory,
  IconKey,
  IconListDetails,
  IconLogout,
  IconServer2,
  IconShieldCheck,
  IconSun,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useFollow } from '../api/follow.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useMe, useSignOut } from '../api/use-me.ts'
import { useTeam } from '../api/use-team.ts'
import { RedeliveryBars } from '../redeliveries/redelivery-bar.tsx'
import { SessionOver } from '../sign-in/session-over.tsx'
import { Logo } from './logo.tsx'
import { spellClock } from './spell-time.ts'
import { StatusMark } from './status-mark.tsx'
import { useText } from './use-text.ts'

/** Everything around a page: where one can go, who one is, and whether what is shown is live. */
export function Shell() {
  const text = useText()
  const [opened, { toggle, close }] = useDisclosure()
  const { toggleColorScheme } = useMantineColorScheme()
  const me = useMe()
  const signOut = useSignOut()
  const lostAt = useFollow()
  const { team } = useTeam()
  const isAdmin = useIsAdmin(team)
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <Anchor href="#content" className="skip">
        {text.nav.skip}
      </Anchor>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={text.nav.open} />
            <Logo />
          </Group>
          <Group gap="md" wrap="nowrap">
            <Text size="sm" role="status">
              <StatusMark
                meaning={lostAt === undefined ? 'good' : 'warn'}
                label={lostAt === undefined ? text.live.live : text.live.lostSince(spellClock(lostAt))}
              />
            </Text>
            <Anchor component={Link} to="/profile" size="sm">
              {me.data?.name ?? text.people.profile}
            </Anchor>
            <ActionIcon variant="subtle" onClick={toggleColorScheme} aria-label={text.nav.scheme}>
              <IconSun size={18} stroke={1.75} />
            </ActionIcon>
            <ActionIcon variant="subtle" onClick={() => signOut.mutate()} aria-label={text.nav.signOut}>
              <IconLogout size={18} stroke={1.75} />
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={text.nav.main} onClick={close}>
        <Item to="/overview" icon={IconActivity} label={text.nav.overview} />
        <Item to="/automations" icon={IconArrowRampRight} label={text.nav.automations} />
        <Item to="/history" icon={IconHistory} label={text.nav.history} />
        <Item to="/events" icon={IconListDetails} label={text.nav.events} />
        <Heading label={text.nav.places} />
        <Item to="/registries" icon={IconServer2} label={text.nav.registries} />
        <Item to="/projects" icon={IconFolder} label={text.nav.projects} />
        {team !== undefined && (
          <>
            <Heading label={text.nav.team} />
            <TeamSwitcher />
            <Item to={`/teams/${team}/webhooks`} icon={IconWebhook} label={text.nav.webhooks} />
            <Item to={`/teams/${team}/secrets`} icon={IconKey} label={text.nav.secrets} />
            <Item to={`/teams/${team}/members`} icon={IconUsers} label={text.nav.members} />
            {isAdmin && <Item to={`/teams/${team}/audit`} icon={IconShieldCheck} label={text.nav.audit} />}
          </>
        )}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} display="flex" style={{ flexDirection: 'column' }}>
        <Outlet />
        <RedeliveryBars />
      </AppShell.Main>
      <SessionOver />
    </AppShell>
  )
}

/** Keeps the kind of page where the address names the team. */
function TeamSwitcher() {
  const text = useText()
  const { team, teams, choose } = useTeam()
  const navigate = useNavigate()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <NativeSelect
      aria-label={text.nav.switcher}
      size="xs"
      mx="sm"
      mb={4}
      data={teams}
      value={team ?? ''}
      onClick={(clicked) => clicked.stopPropagation()}
      onChange={({ currentTarget: { value } }) => {
        choose(value)
        if (path.startsWith('/teams/')) void navigate({ href: path.replace(/^\/teams\/[^/]+/, `/teams/${value}`) })
      }}
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

function Item({
  to,
  icon: Icon,
  label,
}: {
  readonly to: string
  readonly icon: ComponentType<{ size: number; stroke: number }>
  readonly label: NavLinkProps['label']
}) {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const active = path === to || path.startsWith(`${to}/`)
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={18} stroke={1.75} />}
      active={active}
      {...(active ? { 'aria-current': 'page' as const } : {})}
    />
  )
}
