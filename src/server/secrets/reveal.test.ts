import { beforeAll, expect, test } from 'vitest'
import { NewWebhook } from '../../contract/webhook.ts'
import { useDatabase } from '../../../test/support/database.ts'
import { makeTestKeyring } from '../../../test/support/keyring.ts'
import { makeTeam, type TestTeam } from '../../../test/support/team.ts'
import { makeTurnedClock } from '../../../test/support/turned-clock.ts'
import { parseId } from '../base/ids.ts'
import type { Keyring } from './keyring.ts'
import { makeRevealer } from './reveal.ts'
import { createSecret } from './create-secret.ts'
import { deleteSecret } from './delete-secret.ts'
import { replaceSecret } from './replace-secret.ts'

const database = useDatabase()
const clock = makeTurnedClock()
let keyring: Keyring
let team: TestTeam
beforeAll(async () => {
  keyring = await makeTestKeyring(database.db)
  team = await makeTeam(database.db, clock)
  for (const name of ['TOKEN', 'SHARED', 'EXTRA', 'OTHER'])
    await createSecret(keyring, team.admin.context, team.team, { name, value: `value of ${name}` })
})

async function insertUses(): Promise<number> {
  const settings = NewWebhook.parse({ name: 'x', url: 'https://example.com' })
  const [row] = await database.db.query<{ id: number }>(
    `insert into webhooks(entity_id, name, url, timeout_ms, retry, concurrency_max, changed_in)
     values ($1, 'hook ' || gen_random_uuid(), $2, $3, '{}', 1, 0) returning id`,
    [team.teamId, settings.url, settings.timeout_ms],
  )
  await database.db.query(
    `insert into secret_uses(webhook_id, name, role) values ($1, 'TOKEN', 'access_token'), ($1, 'SHARED', 'secret'), ($1, 'EXTRA', 'granted')`,
    [row!.id],
  )
  return row!.id
}

const version = async () => {
  const [row] = await database.db.query<{ version: number }>(
    'select receivers_version as version from entities where id = $1',
    [team.teamId],
  )
  return row!.version
}

test('a webhook gets the values it was granted, the access token under its own name, and no others', async () => {
  const reveal = makeRevealer({ db: database.db, keyring, clock })
  const { values } = await reveal({ kind: 'webhook', webhookId: await insertUses(), version: await version() })
  expect(new Map(values)).toEqual(
    new Map([
      ['ACCESS_TOKEN', 'value of TOKEN'],
      ['SHARED', 'value of SHARED'],
      ['EXTRA', 'value of EXTRA'],
    ]),
  )
})

test('a replaced value is revealed to every claim made after the replacement', async () => {
  const reveal = makeRevealer({ db: database.db, keyring, clock })
  const webhook = await insertUses()
  await reveal({ kind: 'webhook', webhookId: webhook, version: await version() })
  await replaceSecret(keyring, team.admin.context, team.team, 'EXTRA', { value: 'the new one' })
  expect((await reveal({ kind: 'webhook', webhookId: webhook, version: await version() })).values.get('EXTRA')).toBe(
    'the new one',
  )
})

test('a deleted secret has no value any more, and its value is gone from the table', async () => {
  const reveal = makeRevealer({ db: database.db, keyring, clock })
  const webhook = await insertUses()
  await deleteSecret(team.admin.context, team.team, 'SHARED', { force: true })
  expect((await reveal({ kind: 'webhook', webhookId: webhook, version: await version() })).values.has('SHARED')).toBe(
    false,
  )
  const [row] = await database.db.query<{ bytes: number }>(
    `select length(sealed) as bytes from secrets where name = 'SHARED' and archived_at is not null`,
  )
  expect(row!.bytes).toBe(0)
  await createSecret(keyring, team.admin.context, team.team, { name: 'SHARED', value: 'made again' })
  expect((await reveal({ kind: 'webhook', webhookId: webhook, version: await version() })).values.get('SHARED')).toBe(
    'made again',
  )
})

test('a sealed value moved to another name is not revealed', async () => {
  const reveal = makeRevealer({ db: database.db, keyring, clock })
  const webhook = await insertUses()
  await database.db.query(
    `update secrets s set sealed = o.sealed from secrets o where s.name = 'EXTRA' and o.name = 'OTHER' and s.archived_at is null`,
  )
  await expect(reveal({ kind: 'webhook', webhookId: webhook, version: await version() })).rejects.toThrow(
    `secret:${team.teamId}:EXTRA does not open`,
  )
  await replaceSecret(keyring, team.admin.context, team.team, 'EXTRA', { value: 'healed' })
  expect((await reveal({ kind: 'webhook', webhookId: webhook, version: await version() })).values.get('EXTRA')).toBe(
    'healed',
  )
})

test('a webhook that is gone reveals nothing', async () => {
  const reveal = makeRevealer({ db: database.db, keyring, clock })
  expect(
    (await reveal({ kind: 'webhook', webhookId: parseId('webhook', 'whk_999999')!, version: 0 })).values.size,
  ).toBe(0)
})
