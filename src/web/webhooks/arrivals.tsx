import { Group, List, Stack, Text, Title } from '@mantine/core'
import type { BuiltInReceiver } from '../../contract/receiver.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { Moment } from '../parts/moment.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { useReceiver } from './use-receiver.ts'

/** What arrived at the receiver of this server, for a webhook that sends there. */
export function Arrivals({ team, webhook: { id, url } }: { readonly team: string; readonly webhook: Webhook }) {
  const text = useText()
  const receiver = useReceiver(team).data
  if (receiver === undefined || receiver.url !== url) return null
  const arrivals = receiver.arrivals.filter(({ webhook }) => webhook === null || webhook === id)
  return (
    <Stack gap="sm" component="section" aria-label={text.receiver.arrived}>
      <Title order={2}>{text.receiver.arrived}</Title>
      <Text size="sm">{arrivals.length === 0 ? text.receiver.nothing : text.receiver.note}</Text>
      {arrivals.length > 0 && (
        <List listStyleType="none" spacing="xs">
          {arrivals.map((arrival) => (
            <List.Item key={`${arrival.message_id} ${arrival.at}`}>
              <One arrival={arrival} />
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  )
}

function One({
  arrival: { at, verified, detail, message_id, bytes },
}: {
  readonly arrival: BuiltInReceiver['arrivals'][number]
}) {
  const text = useText()
  return (
    <Group gap="sm">
      <StatusMark meaning={verified ? 'good' : 'bad'} label={text.receiver[verified ? 'verified' : 'notVerified']} />
      <Moment at={at} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {detail === null ? message_id : text.server(detail)} · {text.delivery.bytes(bytes)}
      </Text>
    </Group>
  )
}
