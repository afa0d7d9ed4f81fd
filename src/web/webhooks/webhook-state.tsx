import { Stack, Text } from '@mantine/core'
import type { Webhook } from '../../contract/webhook.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

const meanings = { sends: 'good', paused: 'idle', disabled: 'bad', misconfigured: 'warn' } as const

/** Whether requests go out and, if they do not, why. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const text = useText()
  const state = stateOf(webhook)
  const reason =
    state === 'disabled' ? webhook.disabled?.reason : state === 'misconfigured' ? webhook.misconfigured : null
  return (
    <Stack gap={2} maw={280}>
      <Text size="sm" span>
        <StatusMark meaning={meanings[state]} label={text.webhooks.states[state]} />
      </Text>
      {webhook.held !== null && (
        <Text size="xs" c="dimmed">
          {text.webhooks.held(webhook.held)}
        </Text>
      )}
      {reason && (
        <Text size="xs" c="dimmed">
          {text.server(reason)}
        </Text>
      )}
    </Stack>
  )
}

function stateOf({ disabled, misconfigured, paused }: Webhook): keyof typeof meanings {
  if (disabled !== null) return 'disabled'
  if (misconfigured !== null) return 'misconfigured'
  return paused ? 'paused' : 'sends'
}
