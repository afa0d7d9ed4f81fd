import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Delivery } from '../../contract/delivery.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { useNamed } from '../api/use-address.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { spellRoute } from '../parts/delivery-table.tsx'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Page } from '../parts/page.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { RefusedPage } from '../parts/refused-page.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { AttemptList } from './attempt-list.tsx'
import { AttemptView } from './attempt-view.tsx'
import { DeliveryActions } from './delivery-actions.tsx'
import { DeliveryFacts } from './delivery-facts.tsx'
import { DeliveryPath } from './delivery-path.tsx'
import { useAttempt } from './use-attempt.ts'
import { Verdict } from './verdict.tsx'
import { WhySent } from './why-sent.tsx'

/** What happened in one sentence, then the proof, then the bytes. */
export function DeliveryPage() {
  const text = useText()
  const { delivery: id = '' } = useNamed()
  const found = useQuery({ queryKey: ['delivery', id], queryFn: () => client.deliveries.get(id) })
  const webhook = useWebhookOf(found.data)
  if (found.isPending) return <Waiting title={text.history.delivery} />
  if (found.isError) return <RefusedPage title={text.history.delivery} refused={found} />
  const delivery = found.data
  return (
    <Page
      title={spellRoute(delivery, text.history)}
      kind="delivery"
      action={<DeliveryActions key={id} delivery={delivery} />}
    >
      <WhatHappened event={delivery.event} />
      <Verdict delivery={delivery} webhook={webhook} />
      <DeliveryPath delivery={delivery} />
      {delivery.details === 'hidden' && <Alert color="idle">{text.delivery.hidden}</Alert>}
      <div className="beside">
        <Attempts delivery={delivery} url={webhook?.url} />
        <Stack gap="md">
          {delivery.automation !== null && delivery.automation_revision !== null && delivery.state !== 'skipped' && (
            <WhySent automation={delivery.automation} revision={delivery.automation_revision} />
          )}
          {delivery.payload !== null && (
            <Paper withBorder p="md" component="section" aria-labelledby="payload">
              <Group justify="space-between" mb="xs">
                <Title order={2} id="payload">
                  {text.delivery.payload}
                </Title>
                <Text size="xs" c="dimmed">
                  {text.delivery.bytes(new TextEncoder().encode(delivery.payload).length)}
                </Text>
              </Group>
              <CodeBlock label={text.delivery.payload} code={delivery.payload} />
            </Paper>
          )}
          <DeliveryFacts delivery={delivery} team={webhook?.team} />
        </Stack>
      </div>
    </Page>
  )
}

function WhatHappened({ event: id }: { readonly event: string | null }) {
  const text = useText()
  const event = useQuery({
    queryKey: ['event', id],
    queryFn: () => client.events.get(id!),
    enabled: id !== null,
    retry: false,
  }).data
  if (event === undefined) return null
  return (
    <Text>
      <PageLink to={`/events/${event.id}`} amongWords>
        {spellEvent(event, text.eventTitle)}
      </PageLink>
      {(event.places[0]?.collection_name ?? null) !== null && ` · ${spellSubject(event)}`}
      {event.author !== null && ` · ${text.delivery.by(event.author)}`}
    </Text>
  )
}

function Attempts({ delivery, url }: { readonly delivery: Delivery; readonly url: string | undefined }) {
  const text = useText()
  const { attempt_list: attempts, next_attempt_at: due } = delivery
  const { chosen, tab, choose, show } = useAttempt(attempts)
  if (attempts.length === 0 && due === null) return <Text c="dimmed">{text.delivery.noAttempts}</Text>
  return (
    <Stack gap="md">
      <AttemptList delivery={delivery} chosen={chosen} onChoose={choose} />
      {chosen !== undefined && (
        <AttemptView attempt={chosen} tab={tab} url={url} payload={delivery.payload} onTab={show} />
      )}
    </Stack>
  )
}

/** Where it goes, as far as the reader may see that. */
function useWebhookOf(delivery: Delivery | undefined): Webhook | undefined {
  const id = delivery?.details === 'shown' ? delivery.webhook : null
  const webhook = useQuery({
    queryKey: ['webhook', id],
    queryFn: () => client.webhooks.get(id!),
    enabled: id !== null,
    retry: false,
  })
  return webhook.data
}
