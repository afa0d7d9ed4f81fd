import type { Mistake } from '../../contract/problem.ts'
import type { NewWebhookTest } from '../../contract/webhook-test.ts'
import type { Context } from '../access/context.ts'
import type { Owner } from '../access/roles.ts'
import type { WebhookId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { selectSecretNames } from '../secrets/secret-store.ts'
import { checkSettings } from '../webhooks/check-settings.ts'
import { findWebhook } from '../webhooks/get-webhook.ts'
import type { WebhookSettings } from '../webhooks/webhook.ts'
import type { WebhookParts } from '../webhooks/webhook-parts.ts'

export type TrialParts = Pick<WebhookParts, 'checkUrl' | 'allowUnverifiedTls'>

/** A webhook as somebody thinks of saving it. */
export interface UnsavedWebhook {
  readonly entity: Owner & { readonly name: string }
  readonly settings: WebhookSettings
  /** For which it would not be saved. */
  readonly mistakes: readonly Mistake[]
}

/** A stored webhook with settings laid over it. Takes the role admin. */
export async function layOver(
  parts: TrialParts,
  context: Context,
  ref: string,
  changes: NewWebhookTest['changes'] = {},
  toDo: string,
): Promise<UnsavedWebhook & { readonly id: WebhookId; readonly isChanged: boolean }> {
  const { id, entity, settings: stored } = await findWebhook(context, ref, 'admin', toDo)
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const settings = { ...stored, ...given }
  const isChanged = Object.keys(given).length > 0
  const mistakes = isChanged ? await findMistakes(parts, context, { entity, settings, below: '#/changes' }) : []
  return { id, entity, settings, isChanged, mistakes }
}

/** One that was never saved. Takes the role admin. */
export async function settle(
  parts: TrialParts,
  context: Context,
  teamRef: string,
  settings: WebhookSettings,
  toDo: string,
): Promise<UnsavedWebhook> {
  const entity = await getEntity(context, teamRef, 'admin', toDo)
  return { entity, settings, mistakes: await findMistakes(parts, context, { entity, settings, below: '#/webhook' }) }
}

async function findMistakes(
  { checkUrl, allowUnverifiedTls }: TrialParts,
  { db }: Context,
  { entity, settings, below }: { readonly entity: Owner; readonly settings: WebhookSettings; readonly below: string },
): Promise<readonly Mistake[]> {
  const verdict = await checkUrl(settings.url)
  const secretNames = new Set(await selectSecretNames(db, entity.id))
  const mistakes = [
    ...verdict.mistakes.map((detail): Mistake => ({ pointer: '#/url', detail })),
    ...checkSettings(settings, secretNames, allowUnverifiedTls),
  ]
  return mistakes.map((mistake) => ({ ...mistake, pointer: (mistake.pointer ?? '#').replace('#', below) }))
}
