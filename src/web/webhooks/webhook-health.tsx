import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client, queries } from '../api/client.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { Moment } from '../parts/moment.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useStats } from '../parts/use-stats.ts'
import { useText } from '../parts/use-text.ts'
import { spellHealth } from './spell-health.ts'

/** The verdict, and what to do where there is something to do. */
export function WebhookHealth({ webhook, team }: { readonly webhook: Webhook; readonly team: string }) {
  const text = useText()
  const { id, paused, disabled } = webhook
  const isAdmin = useIsAdmin(team)
  const stats = useStats({ webhook: id })
  const start = useMutation({
    mutationFn: () => client.webhooks[disabled === null ? 'resume' : 'enable'](id),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['webhooks', team] }),
        queries.invalidateQueries({ queryKey: ['stats'] }),
      ]),
  })
  // The picture below tells the refusal.
  if (stats.data === undefined) return null
  const { meaning, sentence } = spellHealth(webhook, stats.data, text)
  const until = stats.data.lanes.find(({ state }) => state === 'broken')?.until ?? null
  return (
    <>
      <Group gap="sm">
        <Text component="div" role="status">
          <StatusMark meaning={meaning} label={sentence} />
        </Text>
        {until !== null && (
          <Text size="sm">
            {text.delivery.nextAttempt} <Moment at={until} />
          </Text>
        )}
        {isAdmin && (paused || disabled !== null) && (
          <Button size="xs" variant="default" loading={start.isPending} onClick={() => start.mutate()}>
            {disabled === null ? text.webhooks.resume : text.webhooks.enable}
          </Button>
        )}
      </Group>
      {start.isError && <ProblemAlert error={start.error} />}
    </>
  )
}
