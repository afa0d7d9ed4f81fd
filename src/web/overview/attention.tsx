import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Stats } from '../../contract/stats.ts'
import { client, queries } from '../api/client.ts'
import { useAttention } from '../api/use-attention.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { StatusMark, type Meaning } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

type Lane = Stats['lanes'][number]

/** What somebody should look at, worst first, each with the one thing to do. */
export function Attention({ team }: { readonly team: string }) {
  const text = useText()
  const { lanes, misconfigured, paused, secrets, late, count, isKnown } = useAttention(team)
  const inState = (wanted: Lane['state']) =>
    lanes.filter(({ state }) => state === wanted).map((lane) => <Sick key={lane.webhook} team={team} lane={lane} />)
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.attention}>
      <Stack gap="sm">
        <Title order={2}>{text.overview.attention}</Title>
        {isKnown && count === 0 && <StatusMark meaning="good" label={text.overview.clear} />}
        {misconfigured.map(({ id, name, misconfigured: reason, may_change: mayChange }) => (
          <Trouble
            key={id}
            color="bad"
            title={text.overview.lane(name, text.overview.troubles.misconfigured)}
            to={`/automations/${id}`}
            action={mayChange && <Go to={`/automations/${id}/edit?step=action`} verb={text.overview.fix} of={name} />}
          >
            {text.server(reason ?? '')}
          </Trouble>
        ))}
        {inState('disabled')}
        {inState('broken')}
        {late !== null && (
          <Trouble color="warn" title={text.overview.late} to={`/deliveries/${late.delivery}`}>
            {text.overview.since} <Moment at={late.since} />.
          </Trouble>
        )}
        {paused.map(({ id, name, paused_reason: reason, may_change: mayChange }) => (
          <Trouble
            key={id}
            color="warn"
            title={text.overview.lane(name, text.overview.troubles.paused)}
            to={`/automations/${id}`}
            action={
              mayChange && <Act verb={text.automations.resume} of={name} act={() => client.automations.resume(id)} />
            }
          >
            {text.server(reason ?? '')}
          </Trouble>
        ))}
        {inState('paused')}
        {secrets.map(({ id, name, last_used_at: used, updated_at: written }) => (
          <Trouble key={id} color="idle" title={text.overview.unused(name)} to={`/teams/${team}/secrets`}>
            {used === null ? text.overview.neverUsed : text.overview.lastUsed} <Moment at={used ?? written} />.
          </Trouble>
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
  const isAdmin = useIsAdmin(team)
  const name = webhook_name ?? text.history.aWebhook
  const webhooks = `/teams/${team}/webhooks`
  const actions = {
    disabled: <Act verb={text.webhooks.enable} of={name} act={() => client.webhooks.enable(webhook)} />,
    broken: <Go to={`${webhooks}?panel=test&webhook=${webhook}`} verb={text.webhooks.test} of={name} />,
    paused: <Act verb={text.webhooks.resume} of={name} act={() => client.webhooks.resume(webhook)} />,
  }
  return (
    <Trouble
      color={state === 'paused' ? 'idle' : 'bad'}
      title={text.overview.lane(name, text.overview.laneStates[state])}
      to={`${webhooks}/${webhook}`}
      action={isAdmin && actions[state]}
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
  to,
  action,
  children,
}: {
  readonly color: Meaning
  readonly title: string
  /** What it is about. */
  readonly to: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Alert color={color} p="sm">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text size="sm" component="div">
          <PageLink to={to}>
            <StatusMark meaning={color} label={title} />
          </PageLink>
        </Text>
        {action}
      </Group>
      <Text size="sm">{children}</Text>
    </Alert>
  )
}

/** What is done on another page. */
function Go({ to, verb, of }: { readonly to: string; readonly verb: string; readonly of: string }) {
  return (
    <Button component={Link} to={to} variant="default" size="compact-sm" aria-label={`${verb}: ${of}`}>
      {verb}
    </Button>
  )
}

/** What is done at once. */
function Act({ verb, of, act }: { readonly verb: string; readonly of: string; readonly act: () => Promise<unknown> }) {
  const doing = useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all(
        ['attention', 'stats', 'webhooks', 'automations'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  })
  if (doing.isError) return <ProblemAlert error={doing.error} onRetry={() => doing.mutate()} />
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`${verb}: ${of}`}
      loading={doing.isPending}
      onClick={() => doing.mutate()}
    >
      {verb}
    </Button>
  )
}
