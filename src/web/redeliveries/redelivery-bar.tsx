import { Anchor, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MassRedelivery } from '../../contract/redelivery.ts'
import { client, queries } from '../api/client.ts'
import { problemText } from '../parts/problem-text.ts'
import { useText } from '../parts/use-text.ts'
import type { Words } from '../text/words.ts'
import { useRedeliveries } from './use-redeliveries.ts'

const keptMs = 10 * 60_000
const none: readonly string[] = []

/** At the bottom of every page: how far redeliveries of the team are. It survives a reload; one that is over can be put away. */
export function RedeliveryBars() {
  const [away, putAway] = useLocalStorage({
    key: 'signalbox-redeliveries-away',
    defaultValue: none,
    getInitialValueInEffect: false,
  })
  const shown = useRedeliveries().filter((one) => !away.includes(one.id) && (!isOver(one) || isRecent(one)))
  if (shown.length === 0) return null
  return (
    <Stack gap="xs" pos="sticky" bottom={8} mt="auto" pt="md" style={{ zIndex: 50 }}>
      {shown.slice(0, 3).map((one) => (
        <RedeliveryBar key={one.id} redelivery={one} onClose={() => putAway([one.id, ...away].slice(0, 50))} />
      ))}
    </Stack>
  )
}

function RedeliveryBar({ redelivery, onClose }: { readonly redelivery: MassRedelivery; readonly onClose: () => void }) {
  const text = useText()
  const { id, state, total } = redelivery
  const steer = useMutation({
    mutationFn: (act: 'pause' | 'resume' | 'stop') => client.redeliveries[act](id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['redeliveries'] }),
  })
  const line = spellProgress(redelivery, text)
  const isGoing = state === 'running' || state === 'paused'
  return (
    <Paper withBorder shadow="sm" p="sm" role="region" aria-label={text.redeliveries.progress}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
          {line}
        </Text>
        <Group gap="xs">
          <Anchor component={Link} to={`/history${historyOf(redelivery)}`} size="sm">
            {text.redeliveries.show}
          </Anchor>
          {isGoing && (
            <Button
              size="compact-sm"
              variant="default"
              loading={steer.isPending}
              onClick={() => steer.mutate(state === 'paused' ? 'resume' : 'pause')}
            >
              {state === 'paused' ? text.redeliveries.resume : text.redeliveries.pause}
            </Button>
          )}
          {isGoing ? (
            <Button size="compact-sm" variant="default" onClick={() => steer.mutate('stop')}>
              {text.redeliveries.stop}
            </Button>
          ) : (
            <Button size="compact-sm" variant="default" onClick={onClose}>
              {text.redeliveries.putAway}
            </Button>
          )}
        </Group>
      </Group>
      <Progress
        mt="xs"
        value={(100 * ended(redelivery)) / Math.max(1, total)}
        aria-label={line}
        color={redelivery.failed > 0 ? 'warn' : 'good'}
      />
      {steer.isError && (
        <Text size="sm" c="bad" role="alert" mt={4}>
          {problemText(steer.error, text)}
        </Text>
      )}
    </Paper>
  )
}

function spellProgress(redelivery: MassRedelivery, text: Words): string {
  const {
    webhook_name: webhook,
    automation_name: automation,
    project_name: project,
    team,
    state,
    total,
    succeeded,
    failed,
    skipped,
  } = redelivery
  return [
    text.redeliveries.doing[state](
      webhook ?? automation ?? project ?? team,
      text.number(ended(redelivery)),
      text.number(total),
    ),
    text.redeliveries.delivered(succeeded),
    text.redeliveries.failedCount(failed),
    ...(skipped === 0 ? [] : [text.redeliveries.skipped(skipped)]),
  ].join(', ')
}

/** Of all that were meant: those of which it is known what came. */
function ended({ made, under_way: underWay, skipped }: MassRedelivery): number {
  return made - underWay + skipped
}

function isOver({ state, under_way: underWay }: MassRedelivery): boolean {
  return (state === 'done' || state === 'stopped') && underWay === 0
}

function isRecent({ finished_at: at }: MassRedelivery): boolean {
  return at !== null && Date.now() - Date.parse(at) < keptMs
}

function historyOf({ webhook, automation }: MassRedelivery): string {
  if (webhook !== null) return `?webhook=${webhook}`
  return automation === null ? '' : `?automation=${automation}`
}
