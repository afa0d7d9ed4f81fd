import type { PageQuery } from '../../contract/page.ts'
import type { Webhook } from '../../contract/webhook.ts'
import type { Context } from '../access/context.ts'
import { entityRole, notFound, requireRole } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import { getEntity } from '../places/find-place.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import { presentWebhook } from './present-webhook.ts'
import type { StoredWebhook } from './webhook.ts'
import { writeScript } from './write-script.ts'
import { selectWebhook, selectWebhookPage } from './webhook-store.ts'

/** For everybody in the team that owns it. */
export async function getWebhook(context: Context, ref: string): Promise<Webhook> {
  return presentWebhook(context.actor, await findWebhook(context, ref, 'viewer', 'Reading a webhook'))
}

/** A script that reproduces its requests; holds no secret, and no more than one may see. For everybody in the team. */
export async function getWebhookScript(context: Context, ref: string): Promise<{ script: string }> {
  const { entity, settings } = await findWebhook(context, ref, 'viewer', 'Reading a webhook')
  return { script: writeScript(settings, { showsHeaders: entityRole(context.actor, entity) === 'admin' }) }
}

/** A team's webhooks, newest first. For everybody in the team. */
export async function listWebhooks(
  context: Context,
  teamRef: string,
  query: PageQuery,
): Promise<{ items: Webhook[]; next: string | null }> {
  const entity = await getEntity(context, teamRef, 'viewer', 'Listing webhooks')
  const rows = await selectWebhookPage(context.db, entity.id, readIdCursor('webhook', query.cursor), query.limit + 1)
  const items = rows.slice(0, query.limit).map((row) => presentWebhook(context.actor, row))
  return { items, next: rows.length > query.limit ? items.at(-1)!.id : null }
}

/** The webhook that `ref` names, when the actor has this role in its team. */
export async function findWebhook(
  context: Context,
  ref: string,
  least: 'viewer' | 'member' | 'admin',
  toDo: string,
): Promise<StoredWebhook> {
  const id = parseId('webhook', ref)
  const webhook = id === undefined ? undefined : await selectWebhook(context.db, id)
  if (webhook === undefined) throw notFound('webhook', ref)
  const { entity } = webhook
  requireRole(entityRole(context.actor, entity), least, {
    noun: 'webhook',
    name: ref,
    toDo,
    place: `${entity.kind} ${entity.name}`,
  })
  return webhook
}
