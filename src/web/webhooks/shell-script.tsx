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
      <ShellScript source={storedScript(webhook.id)} />
    </Modal>
  )
}

/** Whose script it is, and who writes it. */
export interface ScriptSource {
  readonly of: unknown
  readonly write: () => Promise<{ readonly script: string }>
}

export function storedScript(id: string): ScriptSource {
  return { of: id, write: () => client.webhooks.script(id) }
}

/** Reproduces request and signatures of a webhook, stored or not, outside of Signalbox. */
export function ShellScript({ source: { of, write } }: { readonly source: ScriptSource }) {
  const text = useText()
  const found = useQuery({ queryKey: ['webhook-script', of], queryFn: write })
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Awaited heights={[20, 240]} />
  return (
    <Stack gap="sm">
      <Text size="sm">{text.webhooks.scriptNote}</Text>
      <CopyCode code={found.data.script} label={text.webhooks.script} />
    </Stack>
  )
}
