import { ActionIcon, Anchor, AppShell, Burger, Group, Text, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLogout, IconSearch, IconSun } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { useFollow } from '../api/follow.ts'
import { useMe, useSignOut } from '../api/use-me.ts'
import { RedeliveryBars } from '../redeliveries/redelivery-bar.tsx'
import { SessionOver } from '../sign-in/session-over.tsx'
import { useAnywhere } from '../find/use-anywhere.tsx'
import { Navigation } from './navigation.tsx'
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
  const { search, showShortcuts, dialogs } = useAnywhere()
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
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" role="status">
              <StatusMark
                meaning={lostAt === undefined ? 'good' : 'warn'}
                label={lostAt === undefined ? text.live.live : text.live.lostSince(spellClock(lostAt))}
              />
            </Text>
            <Anchor component={Link} to="/profile" size="sm">
              {me.data?.name ?? text.people.profile}
            </Anchor>
            <ActionIcon variant="subtle" hiddenFrom="sm" onClick={search} aria-label={text.nav.search}>
              <IconSearch size={18} stroke={1.75} />
            </ActionIcon>
            <ActionIcon variant="subtle" onClick={toggleColorScheme} aria-label={text.nav.scheme}>
              <IconSun size={18} stroke={1.75} />
            </ActionIcon>
            <ActionIcon variant="subtle" onClick={() => signOut.mutate()} aria-label={text.nav.signOut}>
              <IconLogout size={18} stroke={1.75} />
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="xs"
        component="nav"
        aria-label={text.nav.main}
        onClick={close}
        {...(opened ? {} : { 'data-closed': true })}
      >
        <Navigation onSearch={search} onShortcuts={showShortcuts} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} display="flex" style={{ flexDirection: 'column' }}>
        <Outlet />
        <RedeliveryBars />
      </AppShell.Main>
      {dialogs}
      <SessionOver />
    </AppShell>
  )
}
