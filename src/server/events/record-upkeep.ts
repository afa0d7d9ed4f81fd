import { changeAutomation } from '../automations/change-automation.ts'
import type { EventPlace } from '../automations/event-snapshot.ts'
import type { CountedFiring } from '../automations/loop-guard.ts'
import { systemActor } from '../access/context.ts'
import { makeUuid, spellId, spellUuid, type EventId, type WebhookId } from '../base/ids.ts'
import type { Database, Tx } from '../database/database.ts'
import { disableWebhook } from '../webhooks/disable-webhook.ts'
import { placeOfScope } from './place-of-scope.ts'
import { recordEvents, type EventRecorder } from './record-events.ts'

/** The receiver said that it is gone for good, or has failed for days: disables its webhook, which is an event in its team. */
export async function disableGoneWebhook(
  db: Database,
  recorder: EventRecorder,
  id: WebhookId,
  reason: string,
): Promise<void> {
  await db.tx(async (tx) => {
    const webhook = await disableWebhook(tx, id, reason)
    if (webhook === undefined) return
    const place = await placeOfScope(tx, {
      type: 'entity',
      id: webhook.entity.id,
      projectId: null,
      entityId: webhook.entity.id,
    })
    await record(tx, recorder, {
      type: 'WEBHOOK_DISABLED',
      subject: `webhook:${id}`,
      place,
      facts: { webhook: webhook.settings.name, reason },
    })
  })
}

/** The loop guard caught it: pauses the automation, with the reason, which is an event in its scope. */
export async function pauseLoopingAutomation(
  db: Database,
  recorder: EventRecorder,
  { automationId, firesPerMinuteMax, subject }: CountedFiring,
  eventId: EventId,
): Promise<void> {
  const reason = `It fired more than ${firesPerMinuteMax} times in a minute for ${subject}; the last time on ${spellUuid('event', eventId)}.`
  await changeAutomation(
    { actor: systemActor, clock: recorder.clock, db },
    {
      ref: spellId('automation', automationId),
      toDo: 'Pausing an automation',
      action: 'automation.pause_itself',
      async change(tx, { scope, settings }) {
        if (settings.pausedReason !== null) return settings
        await record(tx, recorder, {
          type: 'AUTOMATION_PAUSED',
          subject: `automation:${automationId}`,
          place: await placeOfScope(tx, scope),
          facts: { automation: settings.name, reason },
        })
        return { ...settings, pausedReason: reason }
      },
    },
  )
}

interface Upkeep {
  readonly type: 'WEBHOOK_DISABLED' | 'AUTOMATION_PAUSED'
  readonly subject: string
  readonly place: EventPlace | undefined
  readonly facts: Readonly<Record<string, unknown>>
}

async function record(tx: Tx, recorder: EventRecorder, { type, subject, place, facts }: Upkeep): Promise<void> {
  if (place === undefined) return
  const at = recorder.clock.now()
  await recordEvents(recorder, tx, [
    {
      snapshot: { id: makeUuid(at), type, at, author: null, places: [place], facts },
      subject,
      entityId: place.entityId,
      projectId: place.projectId,
      actorId: null,
    },
  ])
}
