import type { Cancellation, NewRedelivery } from '../../contract/redelivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { parseId, spellId, type AutomationId, type ProjectId, type WebhookId } from '../base/ids.ts'
import type { DeliveryVisibility } from '../deliveries/whose-deliveries.ts'
import { getEntity, getProject } from '../places/find-place.ts'
import type { Entity } from '../places/place.ts'
import { findWebhook } from '../webhooks/get-webhook.ts'
import type { StoredWebhook } from '../webhooks/webhook.ts'
import { selectTeamsOf, type AutomationsOf } from './matching-store.ts'

/** Which deliveries of a team's webhooks are meant; every condition has to hold. It is kept with a redelivery as it is. */
export interface DeliveryFilter {
  readonly webhookId: WebhookId | null
  readonly automationId: AutomationId | null
  /** Of the automations that stand in it or in its collections; absent: wherever they stand. */
  readonly projectId?: ProjectId
  readonly states: readonly string[]
  readonly codes: readonly string[] | null
  readonly eventType: string | null
  readonly after: string | null
  readonly before: string | null
}

export interface ChosenDeliveries {
  readonly team: Entity
  readonly webhook: StoredWebhook | undefined
  readonly filter: DeliveryFilter
}

/**
 * Resolves what a request named. What is done to many takes what it takes to one: the role member in the team that owns
 * their webhooks. An automation, or those of a project, may have sent to webhooks of several teams; then the team has to be named too.
 */
export async function chooseDeliveries(
  visibility: DeliveryVisibility,
  context: Context,
  given: Pick<
    NewRedelivery,
    'team' | 'webhook' | 'automation' | 'project' | 'codes' | 'event_type' | 'after' | 'before'
  > & {
    readonly states: NewRedelivery['states'] | Cancellation['states']
  },
  toDo: string,
): Promise<ChosenDeliveries> {
  const { team: teamRef, webhook: webhookRef, automation: automationRef, project: projectRef } = given
  const webhook = webhookRef === undefined ? undefined : await findWebhook(context, webhookRef, 'member', toDo)
  const automationId = automationRef === undefined ? null : await findAutomation(visibility, context, automationRef)
  const projectId =
    projectRef === undefined ? null : (await getProject(context, projectRef, 'restricted_viewer', toDo)).id
  const owner =
    teamRef ??
    (webhook === undefined ? await teamOf(context, { automationId, projectId }) : spellId('entity', webhook.entity.id))
  const team = await getEntity(context, owner, 'member', toDo)
  if (webhook !== undefined && webhook.entity.id !== team.id)
    throw new Problem('request-invalid', 'No delivery can match.', [
      { pointer: '#/webhook', detail: `belongs to ${webhook.entity.name}, not to ${team.name}` },
    ])
  return {
    team,
    webhook,
    filter: {
      webhookId: webhook?.id ?? null,
      automationId,
      ...(projectId === null ? {} : { projectId }),
      states: [...new Set<string>(given.states)],
      codes: given.codes ?? null,
      eventType: given.event_type ?? null,
      after: given.after ?? null,
      before: given.before ?? null,
    },
  }
}

async function findAutomation(visibility: DeliveryVisibility, context: Context, ref: string): Promise<AutomationId> {
  const id = parseId('automation', ref)
  if (id === undefined || !(await visibility.ofAutomation(context, id))) throw notFound('automation', ref)
  return id
}

async function teamOf({ db }: Context, of: AutomationsOf): Promise<string> {
  const [team, another] = await selectTeamsOf(db, of)
  if (team !== undefined && another === undefined) return spellId('entity', team)
  throw new Problem('request-invalid', 'Say whose webhooks.', [
    {
      pointer: '#/team',
      detail:
        team === undefined
          ? 'is missing, and what was named never had a webhook'
          : 'is missing, and what was named has sent to webhooks of several teams',
    },
  ])
}
