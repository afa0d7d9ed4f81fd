import { Button, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type RefObject } from 'react'
import { useAttention } from '../api/use-attention.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { useVisited } from '../api/use-visited.ts'
import { navItems } from '../parts/nav-items.ts'
import { PickList, type Choice, type Choices } from '../parts/pick-list.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { useCommands } from './commands.ts'
import { readJump } from './jump.ts'
import { useFound } from './use-found.ts'

const typingPauseMs = 200
const commandSign = '>'

/** Search or jump to: names, ids and addresses, and with `>` what can be done. */
export function CommandMenu({
  typedAhead,
  onShortcuts,
  onClose,
}: {
  /** Before the menu was there. */
  readonly typedAhead: RefObject<string>
  readonly onShortcuts: () => void
  readonly onClose: () => void
}) {
  const text = useText()
  const [typed, setTyped] = useState(() => typedAhead.current)
  const words = typed.startsWith(commandSign) ? '' : typed.trim()
  const [settled] = useDebouncedValue(words, typingPauseMs)
  const { team } = useTeam()
  const { found, isLooking, error } = useFound(words === '' ? '' : settled, team)
  const { recent, attention, places } = useFirstLevel(team)
  const commands = useCommands(onShortcuts)
  const go = useGo()
  const jump = readJump(typed, window.location.origin, team ?? '')
  const sought = typed.startsWith(commandSign) ? typed.slice(1).trim() : words

  function list(): readonly Choices[] {
    if (typed.startsWith(commandSign)) return [{ heading: text.find.commands, items: commands.filter(isMeant) }]
    if (words === '') return [recent, attention, places]
    const things = found.map(({ key, kind, name, note, to }) => ({
      key,
      label: name,
      note: `${text.kinds[kind]} · ${note}`,
      choose: go(to),
    }))
    return [
      { heading: text.find.jump, items: jump === undefined ? [] : [{ key: 'jump', label: words, choose: go(jump) }] },
      { heading: text.find.found, items: things },
      { heading: places.heading, items: places.items.filter(isMeant) },
      { heading: text.find.commands, items: commands.filter(isMeant) },
    ]
  }

  function isMeant({ label }: Choice): boolean {
    return label.toLowerCase().includes(sought.toLowerCase())
  }

  const groups = list().map(({ heading, items }) => ({
    heading,
    items: items.map((item) => ({
      ...item,
      choose: () => {
        onClose()
        item.choose()
      },
    })),
  }))
  return (
    <Modal.Root opened onClose={onClose} size={640} yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={text.nav.search}>
        <Modal.Body p="xs">
          <PickList
            label={text.nav.search}
            typed={typed}
            onType={setTyped}
            sought={sought}
            groups={groups}
            whenEmpty={
              error === null && (
                <Stack p="md" gap="xs" align="start" role="status">
                  {isLooking || settled !== words ? (
                    <Text size="sm">{text.common.loading}</Text>
                  ) : (
                    <>
                      <Text size="sm">{text.find.nothing(sought)}</Text>
                      <Button component={Link} to="/history" variant="default" size="compact-sm" onClick={onClose}>
                        {text.find.history}
                      </Button>
                    </>
                  )}
                </Stack>
              )
            }
          />
          {error !== null && <ProblemAlert error={error} />}
          <Text size="xs" c="dimmed" px="xs" pt="xs">
            {text.find.hint}
          </Text>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Before anything is typed: where one was, what needs somebody, and where one can go. */
function useFirstLevel(team: string | undefined): Readonly<Record<'recent' | 'attention' | 'places', Choices>> {
  const text = useText()
  const go = useGo()
  const [visited] = useVisited()
  const { misconfigured, paused, lanes } = useAttention(team)
  const { general, places, ofTeam } = navItems(text.nav, team, useIsAdmin(team))
  return {
    recent: {
      heading: text.find.recent,
      items: visited.map(({ path, name, kind }) => ({
        key: `recent-${path}`,
        label: name,
        note: text.kinds[kind],
        choose: go(path),
      })),
    },
    attention: {
      heading: text.overview.attention,
      items: [
        ...[...misconfigured, ...paused].map(({ id, name, misconfigured: reason }) => ({
          key: `attention-${id}`,
          label: name,
          note: text.overview.troubles[reason === null ? 'paused' : 'misconfigured'],
          choose: go(`/automations/${id}`),
        })),
        ...lanes.map(({ webhook, webhook_name: name, state }) => ({
          key: `attention-${webhook}`,
          label: name ?? text.history.aWebhook,
          note: text.overview.laneStates[state],
          choose: go(`/teams/${team}/webhooks/${webhook}`),
        })),
      ],
    },
    places: {
      heading: text.find.goTo,
      items: [...general, ...places, ...ofTeam].map(({ to, label, keys, icon: Icon }) => ({
        key: `go-${to}`,
        label,
        keys,
        icon: <Icon size={18} stroke={1.75} />,
        choose: go(to),
      })),
    },
  }
}

function useGo(): (address: string) => () => void {
  const navigate = useNavigate()
  return (address) => () => void navigate({ href: address })
}
