import type { NewWebhookScript, UnstoredWebhookScript } from '../../contract/webhook-test.ts'
import type { Context } from '../access/context.ts'
import { limits } from '../base/limits.ts'
import { refuseMistakes } from '../webhooks/create-webhook.ts'
import { writeScript } from '../webhooks/write-script.ts'
import type { TestParts } from './test-webhook.ts'
import { layOver, settle, type UnsavedWebhook } from './unsaved-webhook.ts'

/** The script of a stored webhook with settings laid over it that are not saved. Takes the role admin. */
export async function scriptChangedWebhook(
  parts: TestParts,
  context: Context,
  ref: string,
  { changes }: NewWebhookScript,
): Promise<{ script: string }> {
  return write(parts, await layOver(parts, context, ref, changes, 'Writing a script'))
}

/** The script of a webhook that is not saved. Takes the role admin. */
export async function scriptUnstoredWebhook(
  parts: TestParts,
  context: Context,
  teamRef: string,
  { webhook }: UnstoredWebhookScript,
): Promise<{ script: string }> {
  return write(parts, await settle(parts, context, teamRef, webhook, 'Writing a script'))
}

/** The address was looked up: as often as addresses may be while they are typed. */
function write({ limits: tries }: TestParts, { entity, settings, mistakes }: UnsavedWebhook): { script: string } {
  tries.countTry(`url ${entity.id}`, limits.urlChecksPerMinuteMax)
  refuseMistakes(mistakes)
  return { script: writeScript(settings, { showsHeaders: true }) }
}
