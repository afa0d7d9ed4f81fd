import type { UrlCheck, UrlVerdict } from '../../contract/webhook-test.ts'
import type { Context } from '../access/context.ts'
import { limits } from '../base/limits.ts'
import { getEntity } from '../places/find-place.ts'
import { selectSecretNames } from '../secrets/secret-store.ts'
import { parseSecretText } from '../templates/parse-secret-text.ts'
import type { TestParts } from './test-webhook.ts'

/** What the guard says of an address as it is typed. Any secret of the team may stand in it. Takes the role admin. */
export async function checkWebhookUrl(
  parts: TestParts,
  context: Context,
  teamRef: string,
  { url }: UrlCheck,
): Promise<UrlVerdict> {
  const entity = await getEntity(context, teamRef, 'admin', 'Checking an address')
  parts.limits.countTry(`url ${entity.id}`, limits.urlChecksPerMinuteMax)
  const names = new Set(['ACCESS_TOKEN', ...(await selectSecretNames(context.db, entity.id))])
  const parsed = parseSecretText(url, 'url', names)
  const verdict = await parts.checkUrl(url)
  const mistakes = [
    ...verdict.mistakes.map((detail) => ({ pointer: '#/url', detail })),
    ...(parsed.ok ? [] : parsed.mistakes.map((mistake) => ({ pointer: '#/url', ...mistake }))),
  ]
  return { ok: mistakes.length === 0, mistakes, warnings: [...verdict.warnings] }
}
