import { Anchor, Group, Select, Stack, Text, type ComboboxItem } from '@mantine/core'
import { IconLock, IconPlus, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useText } from '../parts/use-text.ts'
import type { Words } from '../text/words.ts'
import { EditWebhook } from '../webhooks/edit-webhook.tsx'
import { WebhookState } from '../webhooks/webhook-state.tsx'
import { useWebhooks } from './use-webhooks.ts'

/** No id of a webhook. */
const anotherOne = 'new'

/** A team's webhooks, each with what it lends to a payload; the last row makes one, and comes back with it chosen. */
export function WebhookPicker({
  team,
  value,
  error,
  onChange,
}: {
  readonly team: string
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (webhook: string) => void
}) {
  const text = useText()
  const isAdmin = useIsAdmin(team)
  const [isCreating, setCreating] = useState(false)
  const { data: webhooks = [], isSuccess } = useWebhooks(team)
  const chosen = webhooks.find(({ id }) => id === value)
  return (
    <Stack gap={6}>
      <Select
        label={text.wizard.webhook}
        placeholder={text.common.choose}
        value={chosen?.id ?? null}
        error={error}
        data={[
          ...webhooks.map(({ id, name }) => ({ value: id, label: name })),
          ...(isAdmin ? [{ value: anotherOne, label: text.wizard.newWebhook }] : []),
        ]}
        nothingFoundMessage={text.wizard.noWebhooks}
        searchable
        allowDeselect={false}
        leftSection={<IconWebhook size={16} stroke={1.75} aria-hidden />}
        maxDropdownHeight={360}
        renderOption={({ option }) => <Row option={option} webhook={webhooks.find(({ id }) => id === option.value)} />}
        onChange={(id) => (id === anotherOne ? setCreating(true) : id !== null && onChange(id))}
      />
      {chosen !== undefined && <Chosen webhook={chosen} team={team} />}
      {isSuccess && webhooks.length === 0 && <Text size="sm">{text.wizard.noWebhooks}</Text>}
      {isSuccess && !isAdmin && (
        <Text size="xs" c="dimmed">
          {text.wizard.askForWebhook(team)}
        </Text>
      )}
      {isCreating && (
        <EditWebhook
          team={team}
          webhook={undefined}
          onSaved={({ id }) => onChange(id)}
          onClose={() => setCreating(false)}
        />
      )}
    </Stack>
  )
}

function Row({ option, webhook }: { readonly option: ComboboxItem; readonly webhook: Webhook | undefined }) {
  const text = useText()
  if (webhook === undefined)
    return (
      <Group gap="xs">
        <IconPlus size={16} stroke={1.75} aria-hidden />
        {option.label}
      </Group>
    )
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap" flex={1} align="start">
      <Stack gap={0} miw={0}>
        <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {webhook.name}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {[hostOf(webhook.url), lendsWhat(webhook, text)].filter((told) => told !== '').join(' · ')}
        </Text>
      </Stack>
      <WebhookState webhook={webhook} />
    </Group>
  )
}

function Chosen({ webhook, team }: { readonly webhook: Webhook; readonly team: string }) {
  const text = useText()
  const lent = lendsWhat(webhook, text)
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <WebhookState webhook={webhook} />
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {hostOf(webhook.url)}
        </Text>
        <Anchor href={`/teams/${team}/webhooks/${webhook.id}`} target="_blank" size="xs">
          {text.wizard.openWebhook}
        </Anchor>
      </Group>
      {webhook.paused && <Text size="sm">{text.wizard.isPaused(webhook.name)}</Text>}
      <Text size="xs" c="dimmed">
        <IconLock size={12} stroke={2} aria-hidden /> {lent === '' ? text.wizard.lendsNothing : lent}
      </Text>
    </Stack>
  )
}

/** The secrets that a payload may hold. */
function lendsWhat({ access_token, granted_secrets }: Webhook, text: Words): string {
  return [...(access_token === null ? [] : [text.wizard.tokenFrom(access_token)]), ...granted_secrets].join(', ')
}

/** A whole address is for admins of its team; others see where it leads. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
