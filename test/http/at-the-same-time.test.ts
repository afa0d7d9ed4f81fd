import { expect, test } from 'vitest'
import { useRoomApp } from '../support/room-app.ts'

const app = useRoomApp()

test('secrets, webhooks and automations changed at the same time never break each other, and no grant is lost unseen', async () => {
  const { ask, team, db } = app
  const secrets = `/teams/${team.team}/secrets`
  for (const name of ['A', 'B']) await ask(team.admin, 'POST', secrets, { name, value: 'value-of-secret' })
  const hook = { name: 'hook', url: 'https://example.com', granted_secrets: ['A', 'B'] }
  const webhook = (await ask(team.admin, 'POST', `/teams/${team.team}/webhooks`, hook)).body.id
  const automations = `/projects/${encodeURIComponent(team.project)}/automations`
  const action = { type: 'webhook', webhook, template: '{"a": "${A}"}' }
  const kept = await ask(team.member, 'POST', automations, {
    name: 'kept',
    event_type: 'CUSTOM',
    action: { type: 'no_op' },
  })

  const revision = async () => (await ask(team.admin, 'GET', `/webhooks/${webhook}`)).body['revision']
  const acts = Array.from({ length: 12 }, (_, index) => [
    ask(team.member, 'POST', automations, { name: `made ${index}`, event_type: 'CUSTOM', action }),
    ask(team.member, 'PATCH', `/automations/${kept.body.id}`, { revision: 1, action }),
    revision().then((now) =>
      ask(team.admin, 'PATCH', `/webhooks/${webhook}`, {
        revision: now,
        granted_secrets: index % 2 === 0 ? ['B'] : ['A', 'B'],
      }),
    ),
    ask(team.admin, 'PUT', `${secrets}/A`, { value: `value ${index}` }),
    ask(team.admin, 'POST', `/webhooks/${webhook}/${index % 2 === 0 ? 'pause' : 'resume'}`),
  ])
  const answers = await Promise.all(acts.flat())
  expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 409, 422].includes(status))).toEqual([])

  // Without force a grant goes only while no payload needs it: so whoever was accepted still has it.
  const grants = (await ask(team.admin, 'GET', `/webhooks/${webhook}`)).body['granted_secrets']
  const users = await db.query<{ id: number }>('select automation_id as id from webhook_uses')
  if (users.length > 0) expect(grants).toContain('A')
  for (const { id } of users)
    expect((await ask(team.viewer, 'GET', `/automations/aut_${id}`)).body['misconfigured']).toBeNull()
})
