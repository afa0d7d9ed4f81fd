import type { Webhook } from '../../contract/webhook.ts'
import { diffLines, type Difference } from '../parts/diff-lines.ts'
import type { Words } from '../text/words.ts'
import { draftOf, settingsOf, type WebhookDraft, type WebhookSettings } from './draft.ts'

type Spelled = readonly (readonly [heading: string, value: string])[]

/** What differs, in the order of the form; of the webhooks themselves also what the form has no fields for. */
export function diffWebhooks(before: Webhook, after: Webhook, text: Words): readonly Difference[] {
  return differences(spellWebhook(before, text), spellWebhook(after, text))
}

export function diffDraft(before: Webhook, draft: WebhookDraft, text: Words): readonly Difference[] {
  return differences(spellSettings(settingsOf(draftOf(before)), text), spellSettings(settingsOf(draft), text))
}

function differences(before: Spelled, after: Spelled): readonly Difference[] {
  return before.flatMap(([heading, from], index) => {
    const to = after[index]?.[1] ?? ''
    return from === to ? [] : [{ heading, lines: diffLines(from, to) }]
  })
}

function spellWebhook(webhook: Webhook, text: Words): Spelled {
  return [
    ...spellSettings(settingsOf(draftOf(webhook)), text),
    [text.webhook.attempts, JSON.stringify(webhook.retry)],
    [text.delivery.phases.tls, JSON.stringify(webhook.tls)],
  ]
}

function spellSettings(settings: WebhookSettings, text: Words): Spelled {
  const { timeout_ms: timeout } = settings
  return [
    [text.common.name, settings.name],
    [text.webhooks.url, settings.url],
    [text.webhooks.accessToken, settings.access_token ?? ''],
    [text.webhooks.secret, settings.secret ?? ''],
    [text.webhooks.more, settings.granted_secrets.toSorted().join('\n')],
    [text.webhooks.encoding, settings.signature_encoding],
    [text.webhooks.headers, settings.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')],
    [text.webhooks.timeout, timeout === undefined ? '' : String(timeout / 1000)],
    [text.webhooks.concurrency, String(settings.concurrency_max ?? '')],
    [text.webhooks.rate, String(settings.rate_per_second ?? '')],
    [text.webhooks.inOrder, settings.in_order ? text.automations.states.on : text.automations.states.off],
  ]
}
