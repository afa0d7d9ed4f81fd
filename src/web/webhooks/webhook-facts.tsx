import { Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { Facts } from '../parts/facts.tsx'
import { useStats } from '../parts/use-stats.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellLatency } from '../parts/spell-latency.ts'
import { spellMs } from '../parts/spell-time.ts'
import { useText } from '../parts/use-text.ts'
import { useLastTest } from './last-test.ts'

/** What uses it, how fast it answers, what it is spared, and how it was tested last. */
export function WebhookFacts({ webhook }: { readonly webhook: Webhook }) {
  const text = useText()
  const { id, timeout_ms, retry, concurrency_max, rate_per_second } = webhook
  return (
    <Paper withBorder p="md" component="section" aria-label={text.webhook.facts}>
      <Stack gap="sm">
        <Title order={2}>{text.webhook.facts}</Title>
        <Facts
          facts={[
            [text.webhook.usedBy, <Users key="users" id={id} />],
            [text.overview.latency, <Latency key="latency" id={id} />],
            [
              text.webhook.limits,
              text.webhook.limitsText(timeout_ms / 1000, retry.attempts_max, concurrency_max, rate_per_second),
            ],
            [text.webhook.lastTest, <LastTest key="test" id={id} />],
          ]}
        />
      </Stack>
    </Paper>
  )
}

function Users({ id }: { readonly id: string }) {
  const text = useText()
  const users = useQuery({
    queryKey: ['automations', 'of-webhook', id],
    queryFn: async () => (await client.automations.list({ webhook: id, limit: 100 })).items,
  })
  if (users.isError) return text.common.none
  if (users.data?.length === 0) return text.webhook.unused
  return users.data?.map((automation) => (
    <div key={automation.id}>
      <PageLink to={`/automations/${automation.id}`}>{automation.name}</PageLink>
    </div>
  ))
}

function Latency({ id }: { readonly id: string }) {
  const text = useText()
  const attempts = useStats({ webhook: id }).data?.attempts
  return attempts === undefined ? null : spellLatency(attempts, '1h', text)
}

function LastTest({ id }: { readonly id: string }) {
  const text = useText()
  const last = useLastTest(id)
  if (last === undefined) return text.webhook.notTested
  const { phases_ms, response, outcome, explanation } = last.test
  const took = Object.values(phases_ms).reduce((sum, ms) => sum + ms, 0)
  return (
    <Text span inherit>
      {text.webhooks.verdict(
        spellOutcome({ outcome, status: response?.status ?? null, explanation }, text),
        spellMs(took, text),
      )}{' '}
      <Moment at={last.at} />
    </Text>
  )
}
