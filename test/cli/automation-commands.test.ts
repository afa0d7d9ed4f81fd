import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { home } from './run-cli.ts'
import { useCommands } from './use-commands.ts'

const signalbox = useSignalbox()
const { done, json, refused } = useCommands(signalbox)
let webhook: string

beforeAll(async () => {
  webhook = (await signalbox.current.makeWebhook({ name: 'deploy-bot' })).id
})

test('an automation stands on a project, a registry, a collection or a team, and is listed there', async () => {
  await done('registries create models')
  await done('collections create acme/wandb-registry-models churn --type model')
  const scopes = [
    ['--project demo', 'project', 'vision/demo'],
    ['--registry models', 'project', 'acme/wandb-registry-models'],
    ['--registry acme/wandb-registry-models', 'project', 'acme/wandb-registry-models'],
    ['--collection acme/wandb-registry-models/churn', 'collection', 'acme/wandb-registry-models/churn'],
    ['--team vision', 'entity', 'vision'],
  ] as const
  for (const [index, [option, type, name]] of scopes.entries()) {
    const made = await json(`automations create ${option} --name scope-${index} --event create_artifact --no-op`)
    expect(made).toMatchObject({ scope: { type, name }, action: { type: 'no_op' }, enabled: true })
    const { items } = await json(`automations list ${option}`)
    expect(items.map(({ id }: { id: string }) => id)).toContain(made.id)
  }
  const all = await done('automations list')
  for (const [index, [, , name]] of scopes.entries())
    expect(all).toMatch(new RegExp(`scope-${index} +${name} +CREATE_ARTIFACT +nobody +fires +1$`, 'm'))
})

test('the list of all is narrowed down and sorted, that of one place is not', async () => {
  const [first] = (await json('automations list --sort name --limit 1')).items
  expect(first.name).toBe('scope-0')
  await done(`automations disable ${first.id}`)
  const off = await json('automations list --state off --event create_artifact --sort -last_delivery')
  expect(off.items.map(({ id }: { id: string }) => id)).toEqual([first.id])
  await done(`automations enable ${first.id}`)
  expect(await refused('automations list --project demo --state off', 2)).toContain('one place')
  expect(await refused('automations list --state of', 2)).toContain('off')
})

test('patterns are filters, and show prints filter, payload and warnings to be read', async () => {
  const made = await done(
    `automations create --project demo --name patterns --event ADD_ARTIFACT_ALIAS --alias-regex '^prod' --filter ` +
      `'{"collection": "churn"}' --webhook deploy-bot --template '{"a": "\${unheard_of}"}' --lax --disabled --description why`,
  )
  const [, id] = /^(aut_\d+) “patterns” is made, on vision\/demo\.\nwarning: line 1, column \d+: /.exec(made)!
  const { filter, action, enabled } = await json(`automations show ${id}`)
  expect(filter).toEqual({ $and: [{ collection: 'churn' }, { alias: { $regex: '^prod' } }] })
  expect([action.webhook, enabled]).toEqual([webhook, false])

  const shown = await done(`automations show ${id}`)
  expect(shown).toMatch(/^description +why\nscope +vision\/demo \(project prj_\d+\)$/m)
  expect(shown).toMatch(/^state +disabled$/m)
  expect(shown).toContain('filter\n  {\n    "$and": [')
  expect(shown).toContain('payload\n  {\n    "a": "${unheard_of}"\n  }')
  expect(await json(`automations edit ${id} --tag-regex '^eu$' --description ''`)).toMatchObject({
    filter: { tag: { $regex: '^eu$' } },
    description: null,
    action,
  })
  expect(await done(`automations enable ${id}`)).toBe(`${id} “patterns” fires.\n`)
  expect(await json(`automations disable ${id}`)).toMatchObject({ enabled: false })
})

test('a file gives what options do not name, down to the payload and its webhook', async () => {
  const template = '{"from": "file"}'
  const file = join(home, 'automation.json')
  const action = { type: 'webhook', webhook, template }
  writeFileSync(file, JSON.stringify({ name: 'from file', event_type: 'CUSTOM', filter: { name: 'x' }, action }))
  const other = (await signalbox.current.makeWebhook()).id

  const create = `automations create --project demo --from ${file}`
  expect(await json(create)).toMatchObject({ name: 'from file', filter: { name: 'x' }, action })
  expect(await json(`${create} --name a --webhook ${other}`)).toMatchObject({ action: { webhook: other, template } })
  const made = await json(`${create} --name b --template '{"from": "option"}'`)
  expect(made).toMatchObject({ action: { webhook, template: '{"from": "option"}' } })
  expect(await json(`automations edit ${made.id} --webhook ${other}`)).toMatchObject({
    action: { webhook: other, template: '{"from": "option"}' },
  })
  expect(
    await json(`automations edit ${made.id} --from - --webhook ${webhook}`, JSON.stringify({ action })),
  ).toMatchObject({ action, revision: 3 })
  const old = JSON.stringify({ revision: 1, name: 'c' })
  expect(await refused(`automations edit ${made.id} --from -`, 3, old)).toMatch(/^It was changed by somebody else: /)
  expect(await json(`automations edit ${made.id} --no-op`)).toMatchObject({ action: { type: 'no_op' }, revision: 4 })
})

test('what would be guessed, or lost, is refused', async () => {
  const create = 'automations create --project demo --name never --event CUSTOM'
  expect(await refused(`${create} --no-op --webhook ${webhook}`, 2)).toContain('a no-op sends nothing')
  expect(await refused(`${create} --webhook ${webhook} --filter - --template -`, 2, '{}')).toContain('read once')
  expect(await refused(`${create} --template '{}'`, 2)).toContain('a payload is sent to a webhook')
  expect(await refused(`${create} --webhook nobody`, 2)).toContain('none of your teams has a webhook “nobody”')
  expect(await refused(`${create} --webhook ${webhook} --template '{"a": "\${unheard_of}"}'`, 3)).toMatch(
    /^ {2}#\/action\/template, line 1, column \d+: /m,
  )

  const { admin, receiver } = signalbox.current
  await admin.must('POST', '/organizations/acme/teams', { name: 'nlp' })
  const namesake = await admin.must<{ id: string }>('POST', '/teams/nlp/webhooks', {
    name: 'deploy-bot',
    url: receiver.url,
  })
  const said = await refused(`${create} --webhook deploy-bot`, 2)
  expect(said).toContain(`${webhook} of vision`)
  expect(said).toContain(`${namesake.id} of nlp`)
  expect((await json('automations list --project demo')).items.map(({ name }: { name: string }) => name)).not.toContain(
    'never',
  )
})

test('one whose webhook is gone says so where it is shown and listed', async () => {
  const { id: gone } = await signalbox.current.makeWebhook()
  const { id } = await json(`automations create --team vision --name orphan --event CUSTOM --webhook ${gone}`)
  await done(`webhooks delete ${gone} --yes --force`)
  expect(await done(`automations show ${id}`)).toMatch(/^misconfigured: .+$/m)
  expect(await done('automations list --team vision')).toMatch(new RegExp(`^${id} .* misconfigured: `, 'm'))
  expect(await done(`automations delete ${id} --yes`)).toBe(`${id} is deleted.\n`)
  await refused(`automations delete ${id} --yes`, 4)
})

test('revisions tell what it was called and said before, and who changed it', async () => {
  const { id } = await json('automations create --project demo --name before --event CUSTOM --no-op')
  await done(`automations edit ${id} --name after`)
  await done(`automations disable ${id}`)
  const told = await done(`automations revisions ${id}`)
  expect(told).toMatch(/^3 .* ada +after +CUSTOM +nobody +disabled\n2 .* ada +after .* on\n1 .* ada +before .* on$/m)
  expect(await json(`automations revisions ${id} --limit 1`)).toMatchObject({ items: [{ revision: 3 }], next: '3' })
})
