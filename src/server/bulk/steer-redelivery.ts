import type { MassRedelivery } from '../../contract/redelivery.ts'
import { Problem } from '../../contract/problem.ts'
import type { Context } from '../access/context.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { spellId } from '../base/ids.ts'
import type { BulkParts } from './bulk-parts.ts'
import { findRedelivery, ownerOf } from './find-redelivery.ts'
import { presentRedelivery } from './present-redelivery.ts'
import { lockRedelivery, selectRedelivery, updateState } from './redelivery-store.ts'

const acts = {
  pause: { toDo: 'Pausing a redelivery', becomes: 'paused' },
  resume: { toDo: 'Resuming a redelivery', becomes: 'running' },
  stop: { toDo: 'Stopping a redelivery', becomes: 'stopped' },
} as const

/**
 * Pauses, resumes or stops a redelivery: what it made goes on like every delivery. Takes the role member in its team.
 */
export async function steerRedelivery(
  { nudge }: Pick<BulkParts, 'nudge'>,
  context: Context,
  ref: string,
  act: keyof typeof acts,
): Promise<MassRedelivery> {
  const { toDo, becomes } = acts[act]
  const { id } = await findRedelivery(context, ref, 'member', toDo)
  const row = await context.db.tx(async (tx) => {
    await lockRedelivery(tx, id)
    const before = (await selectRedelivery(tx, id))!
    if (before.state === becomes) return before
    if (before.state === 'done' || before.state === 'stopped')
      throw new Problem(
        'redelivery-over',
        before.state === 'done' ? 'All of it is made ready already.' : 'It was stopped, and does not go on.',
      )
    await updateState(tx, id, becomes)
    recordAudit(tx, context.actor, {
      action: `redelivery.${act}`,
      subject: spellId('redelivery', id),
      organizationId: before.organization_id,
      entityId: ownerOf(before).id,
      details: { made: before.made, total: before.total },
    })
    tx.afterCommit(nudge)
    return (await selectRedelivery(tx, id))!
  })
  return presentRedelivery(row)
}
