import { beforeAll, expect, test } from 'vitest'
import { NewWebhook } from '../../contract/webhook.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { makeTestKeyring } from '../../../test/support/keyring.ts'
import { makeTeam, type TestTeam } from '../../../test/support/team.ts'
import { makeTurnedClock } from '../../../test/support/turned-clock.ts'
import { parseId } from '../base/ids.ts'
import { createSecret } from '../secrets/create-secret.ts'
import { deleteSecret } from '../secrets/delete-secret.ts'
import { replaceSecret } from '../secrets/replace-secret.ts'
import { makeRevealer } from '../secrets/reveal.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { disableWebhook } from './disable-webhook.ts'
import { pauseWebhook, resumeWebhook } from './pause-webhook.ts'
import { selectReceivers } from './receiver-store.ts'
import { rotateSigningSecret } from './rotate-signing-secret.ts'
import { makeProfileFinder } from './sending-profile.ts'
import { updateWebhook } from './update-webhook.ts'
import type { WebhookParts } from './webhook-parts.ts'

const database = useDatabase()
const clock = makeTurnedClock()
const woken: number[] = []
let parts: WebhookParts
let team: TestTeam
beforeAll(async () => {
  parts = {
    keyring: await makeTestKeyring(database.db),
    checkUrl: async () => ({ mistakes: [], warnings: [] }),
    wake: (ids) => woken.push(...ids),
    allowUnverifiedTls: false,
  }
  team = await makeTeam(database.db, clock)
  for (const name of ['TOKEN', 'SHARED', 'EXTRA'])
    await createSecret(parts.keyring, team.admin.context, team.team, { name, value: `value of ${name}` })
})

let made = 0
const make = async (settings: object = {}) => {
  const created = await createWebhook(
    parts,
    team.admin.context,
    team.team,
    NewWebhook.parse({ name: `hook ${++made}`, url: 'https://example.com/hook', ...settings }),
  )
  return { ref: created.id, id: parseId('webhook', created.id)!, signingSecret: created.signing_secret }
}
const news = async (held: number) => (await selectReceivers(database.db, [[team.teamId, held]]))[0]!
const version = async () => (await news(Number.MAX_SAFE_INTEGER)).version

test('a memory is told every change after the version it holds, and nothing else', async () => {
  const [a, b] = [await make({ concurrency_max: 3, rate_per_second: 0.5, in_order: true }), await make()]
  const all = await news(-1)
  expect(all.receivers.map(({ id }) => id)).toEqual(expect.arrayContaining([a.id, b.id]))
  expect(all.receivers.find(({ id }) => id === a.id)).toEqual({
    id: a.id,
    entityId: team.teamId,
    archived: false,
    paused: false,
    disabledReason: null,
    inOrder: true,
    concurrencyMax: 3,
    ratePerSecond: 0.5,
    missingSecrets: [],
  })
  expect((await news(all.version)).receivers).toEqual([])
  await pauseWebhook(team.admin.context, a.ref)
  expect((await news(all.version)).receivers.map(({ id, paused }) => [id, paused])).toEqual([[a.id, true]])
  await updateWebhook(parts, team.admin.context, b.ref, { revision: 1, concurrency_max: 99 }, { force: false })
  expect((await news(all.version + 1)).receivers.map(({ id, concurrencyMax }) => [id, concurrencyMax])).toEqual([
    [b.id, 99],
  ])
  await deleteWebhook(parts, team.admin.context, b.ref, { force: false })
  expect((await news(all.version + 2)).receivers.map(({ id, archived }) => [id, archived])).toEqual([[b.id, true]])
  expect((await news(-1)).receivers.map(({ id }) => id)).not.toContain(b.id)
})

test('a secret that goes, or comes back, is news of the webhooks that use it; a new value is not', async () => {
  const { admin } = team
  await createSecret(parts.keyring, admin.context, team.team, { name: 'COMES', value: 'x' })
  const webhook = await make({ granted_secrets: ['COMES'] })
  await make()
  const before = await version()
  await replaceSecret(parts.keyring, admin.context, team.team, 'COMES', { value: 'y' })
  expect(await news(before)).toMatchObject({ version: before + 1, receivers: [] })
  await deleteSecret(admin.context, team.team, 'COMES', { force: true })
  expect((await news(before)).receivers.map(({ id, missingSecrets }) => [id, missingSecrets])).toEqual([
    [webhook.id, ['COMES']],
  ])
  await createSecret(parts.keyring, admin.context, team.team, { name: 'COMES', value: 'z' })
  expect((await news(before + 2)).receivers.map(({ id, missingSecrets }) => [id, missingSecrets])).toEqual([
    [webhook.id, []],
  ])
})

test('changes made at the same time all have versions of their own', async () => {
  const webhooks = await Promise.all(Array.from({ length: 8 }, () => make()))
  const before = await version()
  await Promise.all(webhooks.map(({ ref }) => pauseWebhook(team.admin.context, ref)))
  expect(await version()).toBe(before + 8)
  const rows = await database.db.query<{ changed_in: number }>(
    'select distinct changed_in from webhooks where id = any($1)',
    [webhooks.map(({ id }) => id)],
  )
  expect(rows).toHaveLength(8)
})

test('a webhook is made with its lane, paused and resumed with it, and opens it for what waits when it is deleted', async () => {
  const { ref, id } = await make()
  const lanePaused = async () =>
    (
      await database.db.query<{ paused: boolean; team_id: number }>(
        'select paused, team_id from lanes where webhook_id = $1',
        [id],
      )
    )[0]
  expect(await lanePaused()).toEqual({ paused: false, team_id: team.teamId })
  await pauseWebhook(team.admin.context, ref)
  expect(await lanePaused()).toMatchObject({ paused: true })
  woken.length = 0
  await resumeWebhook(parts, team.admin.context, ref)
  expect(await lanePaused()).toMatchObject({ paused: false })
  expect(woken).toEqual([id])
  await resumeWebhook(parts, team.admin.context, ref)
  expect(woken).toEqual([id])
  await pauseWebhook(team.admin.context, ref)
  await deleteWebhook(parts, team.admin.context, ref, { force: false })
  expect(await lanePaused()).toMatchObject({ paused: false })
  expect(woken).toEqual([id, id])
})

test('sending takes the settings as they are at the version it asks for', async () => {
  const find = makeProfileFinder(database.db)
  const { ref, id } = await make({
    url: 'https://example.com/${EXTRA}?q=1',
    access_token: 'TOKEN',
    secret: 'SHARED',
    granted_secrets: ['EXTRA'],
    headers: [{ name: 'X-Key', value: 'k ${EXTRA}' }],
    signature_encoding: 'hex',
    timeout_ms: 1234,
    retry: { attempts_max: 3, delay_ms_min: 100, delay_ms_max: 200 },
  })
  const before = await version()
  expect(await find(id, before)).toEqual({
    version: before,
    request: {
      url: ['https://example.com/', { secret: 'EXTRA', within: 'url' }, '?q=1'],
      headers: [['X-Key', ['k ', { secret: 'EXTRA', within: 'text' }]]],
      hasAccessToken: true,
      compatibleSecret: 'SHARED',
      signatureEncoding: 'hex',
      timeoutMs: 1234,
      tls: { ca: null, verify: true },
    },
    retry: { attemptsMax: 3, delayMsMin: 100, delayMsMax: 200 },
  })
  await updateWebhook(parts, team.admin.context, ref, { revision: 1, timeout_ms: 5000 }, { force: false })
  expect((await find(id, before))!.request.timeoutMs).toBe(1234)
  expect((await find(id, before + 1))!.request.timeoutMs).toBe(5000)
  await deleteWebhook(parts, team.admin.context, ref, { force: false })
  expect(await find(id, before + 2)).toBeUndefined()
})

test('while a signing secret is replaced both sign, the new one first; then the old one is gone', async () => {
  const reveal = makeRevealer({ db: database.db, keyring: parts.keyring, clock })
  const { ref, id, signingSecret } = await make()
  expect((await reveal({ kind: 'webhook', webhookId: id, version: await version() })).signingSecrets).toEqual([
    signingSecret,
  ])
  const { signing_secret: next } = await rotateSigningSecret(parts, team.admin.context, ref, { overlap_hours: 2 })
  const during = await reveal({ kind: 'webhook', webhookId: id, version: await version() })
  expect(during.signingSecrets).toEqual([next, signingSecret])
  clock.turn(2 * 3600_000 - 1)
  expect((await reveal({ kind: 'webhook', webhookId: id, version: 0 })).signingSecrets).toEqual([next, signingSecret])
  clock.turn(1)
  expect((await reveal({ kind: 'webhook', webhookId: id, version: 0 })).signingSecrets).toEqual([next])
  const { signing_secret: last } = await rotateSigningSecret(parts, team.admin.context, ref, { overlap_hours: 0 })
  expect((await reveal({ kind: 'webhook', webhookId: id, version: await version() })).signingSecrets).toEqual([last])
  expect(await database.db.query('select 1 from signing_secrets where webhook_id = $1', [id])).toHaveLength(1)
})

test('a receiver that is gone disables its webhook once, on record as done by Signalbox', async () => {
  const { ref, id } = await make()
  const before = await version()
  expect(await database.db.tx((tx) => disableWebhook(tx, id, 'the receiver answered 410 Gone'))).toMatchObject({ id })
  expect(await database.db.tx((tx) => disableWebhook(tx, id, 'again'))).toBeUndefined()
  expect((await news(before)).receivers.map(({ id: changed, disabledReason }) => [changed, disabledReason])).toEqual([
    [id, 'the receiver answered 410 Gone'],
  ])
  expect(await version()).toBe(before + 1)
  expect(
    await database.db.query('select actor_id, action from audit where subject = $1 order by id desc limit 1', [ref]),
  ).toEqual([{ actor_id: null, action: 'webhook.disable' }])
})
