import { CopyButton, Group, Paper, Stack, Title, UnstyledButton } from '@mantine/core'
import type { Delivery } from '../../contract/delivery.ts'
import { Facts } from '../parts/facts.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { useText } from '../parts/use-text.ts'

/** What belongs together with it, and where that is found. */
export function DeliveryFacts({ delivery, team }: { readonly delivery: Delivery; readonly team: string | undefined }) {
  const text = useText()
  const { webhook, redelivered_as: again } = delivery
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="details">
      <Stack gap="xs">
        <Title order={2} id="details">
          {text.delivery.details}
        </Title>
        <Facts
          facts={[
            [
              text.history.event,
              delivery.event !== null && (
                <PageLink to={`/events/${delivery.event}`}>
                  {delivery.event_type === null ? delivery.event : text.eventTitle(delivery.event_type)}
                </PageLink>
              ),
            ],
            [
              text.history.automation,
              delivery.automation !== null && (
                <PageLink to={`/automations/${delivery.automation}`}>
                  {delivery.automation_name ?? delivery.automation} (
                  {text.delivery.revision(delivery.automation_revision ?? 0)})
                </PageLink>
              ),
            ],
            [
              text.history.webhook,
              webhook !== null && team !== undefined && (
                <PageLink to={`/teams/${team}/webhooks/${webhook}`}>{delivery.webhook_name ?? webhook}</PageLink>
              ),
            ],
            [
              text.delivery.again,
              delivery.redelivery_of !== null && (
                <PageLink to={`/deliveries/${delivery.redelivery_of}`}>{delivery.redelivery_of}</PageLink>
              ),
            ],
            [
              text.delivery.redeliveredAs,
              again.length > 0 && (
                <Stack gap={2}>
                  {again.map(({ id, created_at: at }) => (
                    <span key={id}>
                      <PageLink to={`/deliveries/${id}`}>{id}</PageLink> <Moment at={at} />
                    </span>
                  ))}
                </Stack>
              ),
            ],
            [text.delivery.made, <Moment key="made" at={delivery.created_at} />],
            [text.delivery.ended, delivery.finished_at !== null && <Moment at={delivery.finished_at} />],
            [text.delivery.id, <Copied key="id" value={delivery.id} />],
            ['webhook-id', <Copied key="message" value={delivery.message_id} />],
          ]}
        />
      </Stack>
    </Paper>
  )
}

function Copied({ value }: { readonly value: string }) {
  const text = useText()
  return (
    <Group gap={6}>
      <code>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <UnstyledButton className="copy" aria-label={text.delivery.copyOf(value)} onClick={copy}>
            <span aria-live="polite">{copied ? text.common.copied : text.common.copy}</span>
          </UnstyledButton>
        )}
      </CopyButton>
    </Group>
  )
}
