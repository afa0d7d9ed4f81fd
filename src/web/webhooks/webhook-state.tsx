import { Stack, Text } from '@mantine/core'
import type { Webhook } from '../../contract/webhook.ts'
import { StatusMark, type Mark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

const marks = {
  sends: { meaning: 'good', shape: 'tick' },
  paused: { meaning: 'idle', shape: 'bars' },
  disabled: { meaning: 'bad', shape: 'cross' },
  misconfigured: { meaning: 'warn', shape: 'triangle' },
} as const satisfies Readonly<Record<string, Mark>>

/** Whether requests go out and, if they do not, why. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const text = useText()
  const state = stateOf(webhook)
  const reason =
    state === 'disabled' ? webhook.disabled?.reason : state === 'misconfigured' ? webhook.misconfigured : null
  return (
    <Stack gap={2} maw={280}>
      <Text size="sm" span>
        <StatusMark {...marks[state]} label={text.webhooks.states[state]} />
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

function stateOf({ disabled, misconfigured, paused }: Webhook): keyof typeof marks {
  if (disabled !== null) return 'disabled'
  if (misconfigured !== null) return 'misconfigured'
  return paused ? 'paused' : 'sends'
}
