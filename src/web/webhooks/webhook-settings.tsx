import { Button, Group, Stack } from '@mantine/core'
import type { Webhook } from '../../contract/webhook.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { Facts } from '../parts/facts.tsx'
import { ForAdmins } from '../parts/for-admins.tsx'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'

/** How it is set. Admins change it by the form. */
export function WebhookSettingsTab({
  webhook,
  team,
  onEdit,
}: {
  readonly webhook: Webhook
  readonly team: string
  readonly onEdit: () => void
}) {
  const text = useText()
  const isAdmin = useIsAdmin(team)
  const { none } = text.common
  const { granted_secrets, headers, retry, rate_per_second } = webhook
  return (
    <Stack>
      <Facts
        facts={[
          [text.webhooks.url, webhook.url],
          [text.webhooks.accessToken, webhook.access_token ?? none],
          [text.webhooks.secret, webhook.secret ?? none],
          [text.webhooks.more, granted_secrets.length === 0 ? none : granted_secrets.join(', ')],
          [text.webhooks.encoding, webhook.signature_encoding],
          [text.webhooks.headers, headers.length === 0 ? none : headers.map(spellHeader).join('\n')],
          [text.webhooks.timeout, text.number(webhook.timeout_ms / 1000)],
          [text.webhook.attempts, text.number(retry.attempts_max)],
          [text.webhooks.concurrency, text.number(webhook.concurrency_max)],
          [text.webhooks.rate, rate_per_second === null ? text.webhook.noRate : text.number(rate_per_second)],
          [text.webhooks.inOrder, webhook.in_order ? text.automations.states.on : text.automations.states.off],
          [text.webhooks.changed, <Moment key="changed" at={webhook.updated_at} />],
        ]}
      />
      {isAdmin ? (
        <Group>
          <Button variant="default" onClick={onEdit}>
            {text.webhooks.edit}
          </Button>
        </Group>
      ) : (
        <ForAdmins team={team} />
      )}
    </Stack>
  )
}

/** The value is for admins. */
function spellHeader({ name, value }: Webhook['headers'][number]): string {
  return value === null ? name : `${name}: ${value}`
}
