import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Stats } from '../../contract/stats.ts'
import { useAttention } from '../api/use-attention.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { StatusMark, type Meaning } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

type Lane = Stats['lanes'][number]

/** What somebody should look at, worst first. */
export function Attention({ team }: { readonly team: string }) {
  const text = useText()
  const { lanes, automations, count, isKnown } = useAttention(team)
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.attention}>
      <Stack gap="sm">
        <Title order={2}>{text.overview.attention}</Title>
        {isKnown && count === 0 && <StatusMark meaning="good" label={text.overview.clear} />}
        {automations.map(({ id, name, misconfigured, paused_reason }) => (
          <Trouble
            key={id}
            color={misconfigured === null ? 'warn' : 'bad'}
            title={text.overview.lane(
              name,
              text.overview.troubles[misconfigured === null ? 'paused' : 'misconfigured'],
            )}
            link={<PageLink to={`/automations/${id}`}>{text.overview.open(name)}</PageLink>}
          >
            {text.server(misconfigured ?? paused_reason ?? '')}
          </Trouble>
        ))}
        {lanes.map((lane) => (
          <Sick key={lane.webhook} team={team} lane={lane} />
        ))}
      </Stack>
    </Paper>
  )
}

function Sick({
  team,
  lane: { webhook, webhook_name, state, since, until, waiting },
}: {
  readonly team: string
  readonly lane: Lane
}) {
  const text = useText()
  const name = webhook_name ?? text.history.aWebhook
  return (
    <Trouble
      color={state === 'paused' ? 'idle' : 'bad'}
      title={text.overview.lane(name, text.overview.laneStates[state])}
      link={<PageLink to={`/teams/${team}/webhooks/${webhook}`}>{text.overview.open(name)}</PageLink>}
    >
      {text.overview.waits(waiting)}{' '}
      {since !== null && (
        <>
          {text.overview.since} <Moment at={since} />.
        </>
      )}
      {until !== null && (
        <>
          {text.delivery.nextAttempt} <Moment at={until} />.
        </>
      )}
    </Trouble>
  )
}

function Trouble({
  color,
  title,
  link,
  children,
}: {
  readonly color: Meaning
  readonly title: string
  readonly link: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Alert color={color} p="sm">
      <Group justify="space-between">
        <Text size="sm" component="div">
          <StatusMark meaning={color} label={title} />
        </Text>
        <Text size="sm">{link}</Text>
      </Group>
      <Text size="sm">{children}</Text>
    </Alert>
  )
}
