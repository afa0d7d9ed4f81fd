import type { Automation } from '../../contract/automation.ts'
import type { PageQuery } from '../../contract/page.ts'
import type { Context } from '../access/context.ts'
import { notFound } from '../access/roles.ts'
import { parseId } from '../base/ids.ts'
import type { Entity } from '../places/place.ts'
import { readIdCursor } from '../access/read-id-cursor.ts'
import type { StoredAutomation } from './automation.ts'
import { findWritable, getScope, requireScope, type ScopeAct, type ScopeRef } from './automation-scope.ts'
import { selectAutomation, selectAutomationPage } from './automation-store.ts'
import { presentAutomation } from './present-automation.ts'

/** For whoever may read its scope. */
export async function getAutomation(context: Context, ref: string): Promise<Automation> {
  const { automation } = await findAutomation(context, ref, { kind: 'read', toDo: 'Reading an automation' })
  const mayChange = await findWritable(context, [automation.scope])
  return presentAutomation(automation, mayChange(automation.scope))
}

/** The automations of one scope, newest first. For whoever may read it. */
export async function listAutomations(
  context: Context,
  ref: ScopeRef,
  query: PageQuery,
): Promise<{ items: Automation[]; next: string | null }> {
  const { place } = await getScope(context, ref, { kind: 'read', toDo: 'Listing automations' })
  const rows = await selectAutomationPage(context.db, place, readIdCursor('automation', query.cursor), query.limit + 1)
  const mayChange = (await findWritable(context, [place]))(place)
  const items = rows.slice(0, query.limit).map((row) => presentAutomation(row, mayChange))
  return { items, next: rows.length > query.limit ? items.at(-1)!.id : null }
}

/** The automation that `ref` names, when the actor may do this in its scope; and whose scope that is. */
export async function findAutomation(
  context: Context,
  ref: string,
  act: ScopeAct,
): Promise<{ automation: StoredAutomation; owner: Entity }> {
  const id = parseId('automation', ref)
  const automation = id === undefined ? undefined : await selectAutomation(context.db, id)
  if (automation === undefined) throw notFound('automation', ref)
  return { automation, owner: await requireScope(context, automation.scope, ref, act) }
}
