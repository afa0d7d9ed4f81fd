import { Button, Group, Paper, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Delivery } from '../../contract/delivery.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client, queries } from '../api/client.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { Countdown } from '../parts/countdown.tsx'
import { DeliveryStateMark } from '../parts/delivery-state.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { spellVerdict } from './spell-verdict.ts'

/** What has become of it, first of all; why, where it failed; and what follows. */
export function Verdict({ delivery, webhook }: { readonly delivery: Delivery; readonly webhook: Webhook | undefined }) {
  const text = useText()
  const { state, attempts, next_attempt_at: due } = delivery
  const left = (webhook?.retry.attempts_max ?? 0) - attempts
  const isRetried = state === 'waiting' && attempts > 0
  return (
    <Paper withBorder p="md" component="section" aria-label={text.delivery.result}>
      <Group gap="lg" role="status">
        <DeliveryStateMark state={state} attempts={attempts} />
        <Text>{spellVerdict(delivery, webhook, text)}</Text>
        {state === 'held' && webhook?.paused === true && <Resume webhook={webhook} delivery={delivery.id} />}
      </Group>
      {due !== null && (
        <Text mt="xs">
          {isRetried ? text.delivery.triesAgain : text.delivery.nextAttempt} <Countdown to={due} />
          {isRetried && left > 0 && `; ${text.delivery.attemptsLeft(left)}`}.
        </Text>
      )}
    </Paper>
  )
}

function Resume({ webhook: { id, team }, delivery }: { readonly webhook: Webhook; readonly delivery: string }) {
  const text = useText()
  const isAdmin = useIsAdmin(team)
  const resume = useMutation({
    mutationFn: () => client.webhooks.resume(id),
    onSettled: () =>
      Promise.all(
        [['delivery', delivery], ['webhook', id], ['webhooks']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
  })
  if (!isAdmin) return null
  return (
    <>
      <Button size="compact-sm" variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
        {text.webhooks.resume}
      </Button>
      {resume.error !== null && <ProblemAlert error={resume.error} />}
    </>
  )
}
