import type { Event } from '../../contract/event.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { testWebhook } from '../webhooks/last-test.ts'
import { lentBy } from '../webhooks/lent-by.ts'
import { storedScript } from '../webhooks/shell-script.tsx'
import { TestPanel } from '../webhooks/test-panel.tsx'
import type { Draft } from './draft.ts'

/** One request of what is typed, with the values of the event that the preview shows. */
export function TestDraft({
  draft: { template, eventType },
  webhook,
  event,
  onClose,
}: {
  readonly draft: Pick<Draft, 'template' | 'eventType'>
  readonly webhook: Webhook
  /** Left out for an example. */
  readonly event: Event | undefined
  readonly onClose: () => void
}) {
  const { id, name, url } = webhook
  return (
    <TestPanel
      name={name}
      url={url}
      secrets={lentBy(webhook)}
      script={storedScript(id)}
      start={{ template, sample: eventType, event }}
      send={(payload) => testWebhook(id, payload)}
      onClose={onClose}
    />
  )
}
