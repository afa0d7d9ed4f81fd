import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useText } from '../parts/use-text.ts'
import { CopyCode } from '../parts/copy-code.tsx'

/** What is told this once; only saying that it is stored closes it. */
export function SigningSecretDialog({
  secret,
  warnings = [],
  onClose,
}: {
  readonly secret: string
  readonly warnings?: readonly string[]
  readonly onClose: () => void
}) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.webhooks.signingSecret}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <Text size="sm">{text.webhooks.signingSecretNote}</Text>
        <CopyCode code={secret} label={text.webhooks.signingSecret} />
        <Warnings warnings={warnings} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{text.webhooks.stored}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** After a change without a new secret. */
export function WarningsDialog({
  warnings,
  onClose,
}: {
  readonly warnings: readonly string[]
  readonly onClose: () => void
}) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.webhooks.warnings}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Stack gap="sm">
        <Warnings warnings={warnings} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{text.webhooks.close}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  const text = useText()
  if (warnings.length === 0) return null
  return (
    <div role="note" aria-label={text.webhooks.warnings}>
      {warnings.map((warning) => (
        <Text size="sm" key={warning}>
          {text.server(warning)}
        </Text>
      ))}
    </div>
  )
}
