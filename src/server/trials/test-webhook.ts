import type { EventType } from '../../contract/event-types.ts'
import { maskParts, type PayloadPart } from '../../contract/payload.ts'
import { Problem, type Mistake } from '../../contract/problem.ts'
import type { NewWebhookTest, TestPayload, UnstoredWebhookTest, WebhookTest } from '../../contract/webhook-test.ts'
import type { Context } from '../access/context.ts'
import type { TryLimits } from '../access/limit-tries.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { EventPlace, EventSnapshot } from '../automations/event-snapshot.ts'
import { readVariable } from '../automations/read-event.ts'
import { makeUuid, parseUuid, spellId, type WebhookId } from '../base/ids.ts'
import { limits } from '../base/limits.ts'
import { messageIdOf } from '../deliveries/message-id.ts'
import { snapshotOf } from '../events/event-store.ts'
import { findVisibleEvent } from '../events/see-events.ts'
import type { Sender } from '../outbound/make-sender.ts'
import type { OutboundRequest } from '../outbound/outbound-request.ts'
import { makeSigningSecret } from '../outbound/sign-request.ts'
import type { Owner } from '../access/roles.ts'
import { bindSecrets } from '../templates/bind-secrets.ts'
import { checkTemplate } from '../templates/check-template.ts'
import { parseTemplate } from '../templates/parse-template.ts'
import { renderTemplate } from '../templates/render-template.ts'
import { requestOf } from '../webhooks/sending-profile.ts'
import { grantsOf, type WebhookSettings } from '../webhooks/webhook.ts'
import { presentTest } from './present-test.ts'
import { makeSampleEvent } from './sample-event.ts'
import { layOver, settle, type TrialParts } from './unsaved-webhook.ts'

/** What tests of webhooks are given by the composition root. */
export interface TestParts extends TrialParts {
  readonly sender: Sender
  readonly limits: TryLimits
}

/**
 * Sends one request to a stored webhook, with settings laid over it that are not saved, right now: no delivery, no retry,
 * no lane. Paused and disabled webhooks are tested all the same. What is kept is one audit row. Takes the role admin.
 */
export async function testWebhook(
  parts: TestParts,
  context: Context,
  ref: string,
  { changes, payload }: NewWebhookTest,
): Promise<WebhookTest> {
  const { id, entity, settings, isChanged, mistakes } = await layOver(parts, context, ref, changes, 'Testing a webhook')
  return run(parts, context, { id, entity, settings, mistakes, payload, notes: isChanged ? [unsaved] : [] })
}

/** The same for a webhook that is not saved: its request is signed with a secret made for it alone. Takes the role admin. */
export async function testUnstoredWebhook(
  parts: TestParts,
  context: Context,
  teamRef: string,
  { webhook, payload }: UnstoredWebhookTest,
): Promise<WebhookTest> {
  const { entity, settings, mistakes } = await settle(parts, context, teamRef, webhook, 'Testing a webhook')
  return run(parts, context, { id: undefined, entity, settings, mistakes, payload, notes: [throwAway] })
}

const unsaved = 'Settings were used that are not saved.'
const throwAway =
  'The webhook has no signing secret before it is saved: `webhook-signature` was made with one for this request alone.'

interface Tested {
  readonly id: WebhookId | undefined
  readonly entity: Owner & { readonly name: string }
  readonly settings: WebhookSettings
  readonly mistakes: readonly Mistake[]
  readonly payload: TestPayload | undefined
  readonly notes: readonly string[]
}

async function run(parts: TestParts, context: Context, tested: Tested): Promise<WebhookTest> {
  const { id, entity, settings, payload } = tested
  const body = await renderBody(context, settings, payload)
  refuse([...tested.mistakes, ...body.mistakes])
  parts.limits.countTry(`test ${entity.id}`, limits.webhookTestsPerMinuteMax)
  const { secretNames } = grantsOf(settings)
  const request: OutboundRequest = {
    ...requestOf(settings),
    secretsOf: {
      kind: 'draft',
      entityId: entity.id,
      accessToken: settings.access_token,
      names: [...secretNames],
      signing: id === undefined ? { secret: makeSigningSecret() } : { webhookId: id },
    },
    body: body.parts,
    messageId: messageIdOf(makeUuid(context.clock.now())),
  }
  const result = await parts.limits.inTurn(() => parts.sender.send(request))
  await context.db.tx(async (tx) =>
    recordAudit(tx, context.actor, {
      action: 'webhook.test',
      subject: id === undefined ? '' : spellId('webhook', id),
      organizationId: entity.organizationId,
      entityId: entity.id,
      details: { name: settings.name, outcome: result.outcome.kind, status: result.answer?.status ?? null },
    }),
  )
  return presentTest({ url: maskParts(request.url), body: maskParts(body.parts) }, result, {
    notes: tested.notes,
    warnings: body.warnings,
  })
}

function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return
  const count = mistakes.length === 1 ? 'There is one mistake' : `There are ${mistakes.length} mistakes`
  throw new Problem('request-invalid', `${count} in the test.`, mistakes.slice(0, limits.mistakesMax))
}

interface RenderedBody {
  readonly parts: readonly PayloadPart[]
  readonly mistakes: readonly Mistake[]
  readonly warnings: readonly Mistake[]
}

/** Names that nothing has are warnings here: a test is where one finds out. */
async function renderBody(
  context: Context,
  settings: WebhookSettings,
  payload: TestPayload | undefined,
): Promise<RenderedBody> {
  if (payload === undefined) return { parts: ['{}'], mistakes: [], warnings: [] }
  const pointer = '#/payload/template'
  const parsed = parseTemplate(payload.template)
  if (!parsed.ok)
    return { parts: [], mistakes: parsed.mistakes.map((mistake) => ({ pointer, ...mistake })), warnings: [] }
  const event = await findEvent(context, payload)
  if (event === undefined) {
    const detail = `There is no event “${payload.event}” that you may see.`
    return { parts: [], mistakes: [{ pointer: '#/payload/event', detail }], warnings: [] }
  }
  const grants = grantsOf(settings)
  const { warnings } = checkTemplate(parsed.template, { ...grants, eventType: event.type, strict: false })
  const place: EventPlace = event.places[0]!
  const lookup = (name: string) => readVariable(event, place, `Test of ${settings.name}`, name)
  return {
    parts: renderTemplate(bindSecrets(parsed.template, grants), lookup),
    mistakes: [],
    warnings: warnings.map((warning) => ({ pointer, ...warning })),
  }
}

async function findEvent(
  context: Context,
  { event, sample = usualSample }: TestPayload,
): Promise<EventSnapshot | undefined> {
  if (event === undefined) return makeSampleEvent(sample, context.clock.now())
  const id = parseUuid('event', event)
  const stored = id === undefined ? undefined : await findVisibleEvent(context, id)
  return stored === undefined ? undefined : snapshotOf(stored)
}

const usualSample: EventType = 'ADD_ARTIFACT_ALIAS'
