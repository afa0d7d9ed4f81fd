import { Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { Awaited } from '../parts/awaited.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { CopyCode } from '../parts/copy-code.tsx'

export function ShellScriptDialog({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text.webhooks.scriptTitle(webhook.name)}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ShellScript id={webhook.id} />
    </Modal>
  )
}

/** Reproduces request and signatures of a stored webhook outside of Signalbox. */
export function ShellScript({ id }: { readonly id: string }) {
  const text = useText()
  const found = useQuery({ queryKey: ['webhook-script', id], queryFn: () => client.webhooks.script(id) })
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Awaited heights={[20, 240]} />
  return (
    <Stack gap="sm">
      <Text size="sm">{text.webhooks.scriptNote}</Text>
      <CopyCode code={found.data.script} label={text.webhooks.script} />
    </Stack>
  )
}
