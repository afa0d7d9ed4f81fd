import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerStatus } from '../support/receiver.ts'
import { useSignalbox } from '../support/signalbox.ts'
import { waitFor } from '../support/wait-for.ts'
import { home, run } from './run-cli.ts'
import { useCommands } from './use-commands.ts'

// The seed's story and what belongs to it, by the command line alone.

const signalbox = useSignalbox()
const commands = useCommands(signalbox)
const { done, json, refused } = commands

test('from secret to verified delivery, then edited, tried, redelivered and deleted', async () => {
  const { receiver } = signalbox.current
  expect(await done('secrets create DEPLOY_TOKEN', 'a-token-of-some-length\n')).toMatch(/^DEPLOY_TOKEN is kept\./)
  const created = await done(
    `webhooks create --name deploy-bot --to ${receiver.url}/hook --access-token DEPLOY_TOKEN --header 'X-Team: vision' --timeout 5000`,
  )
  const [, webhook, signingSecret] = /^(whk_\d+) “deploy-bot” is made\.\nsigning secret {2}(whsec_\S+)/.exec(created)!
  expect(signingSecret).toBeDefined()
  expect(await done(`webhooks check-url ${receiver.url}/x`)).toBe('It would be saved.\n')
  expect(await done(`webhooks test ${webhook} --payload '{"alias": "\${alias}"}'`)).toMatch(
    /^taken: succeeded 200\n[^]*> authorization: Bearer ‹secret ACCESS_TOKEN›\n[^]*"alias": "production"/,
  )
  expect(await done(`webhooks script ${webhook}`)).toMatch(/^#!\/usr\/bin\/env bash\n/)

  await done('registries create models')
  await done('registries edit models --accept model --protect production --visibility restricted')
  expect(await done('registries show models')).toMatch(/^accepts +model\nprotected aliases +production$/m)
  await done('registries grant models vision member')
  expect(await done('registries grants models')).toMatch(/^vision +team +member$/m)
  await done('collections create acme/wandb-registry-models churn-model --type model')
  await done("collections create vision/demo churn --type model --description 'who leaves'")

  writeFileSync(join(home, 'payload.json'), '{"version": "${artifact_version_string}", "by": "${event_author}"}')
  const [, automation] = /^(aut_\d+) “deploy” is made, on acme\/wandb-registry-models\.\n/.exec(
    await done(
      `automations create --registry models --name deploy --event add_artifact_alias --alias-regex '^production$' --webhook deploy-bot --template @${join(home, 'payload.json')}`,
    ),
  )!
  expect(await done(`automations dry-run ${automation}`)).toMatch(
    /^an example of ADD_ARTIFACT_ALIAS: it would fire\nthrough acme\/wandb-registry-models/,
  )

  expect(await done(`versions create vision/demo/churn --metadata '{"accuracy": 0.94}' --tag europe`)).toMatch(
    /^art_\d+ vision\/demo\/churn:v0\n$/,
  )
  const registry = 'acme/wandb-registry-models/churn-model'
  expect(await done(`collections link ${registry} vision/demo/churn:v0 --alias staging`)).toBe(
    `${registry}:v0 has latest, staging.\n`,
  )
  expect(await done(`collections alias ${registry} v0 production`)).toBe(
    `${registry}:v0 has latest, production, staging.\n`,
  )
  const delivery = await waitFor('the delivery', async () => {
    const { items } = await json(`deliveries list --automation ${automation} --after 1h --state succeeded`)
    return items[0]
  })
  expect(receiver.requests.at(-1)!.body.toString()).toBe(`{"version": "${registry}:production", "by": "ada"}`)
  expect(await done(`versions show vision/demo/churn:latest`)).toMatch(
    /^linked as +acme\/wandb-registry-models\/churn-model:v0 {2}\(latest, production, staging\)$/m,
  )
  expect(await done(`automations simulate ${automation}`)).toMatch(/^fires on 1 of 3 events since 7 d ago\n/)
  expect(await done(`automations simulate ${automation} --missed`)).toMatch(
    /alias is "staging", expected \/\^production\$\//,
  )

  await done(`automations edit ${automation} --template '{"anew": "\${alias}"}'`)
  expect(await done(`automations show ${automation}`)).toMatch(/^revision +2$/m)
  const again = await json(`deliveries redeliver ${delivery.id} --anew`)
  await waitFor('it to be sent anew', async () => (await json(`deliveries show ${again.id}`)).state === 'succeeded')
  expect(receiver.requests.at(-1)!.body.toString()).toBe('{"anew": "production"}')

  expect(await done(`automations pause ${automation}`)).toContain('holds what it would send')
  await done(`collections unalias ${registry} production`)
  await done(`collections alias ${registry} v0 production`)
  const [held] = (await json(`deliveries list --automation ${automation} --state held`)).items
  expect(await refused(`deliveries try-now ${held.id}`, 3)).toContain('the automation is paused')
  expect(await done(`deliveries cancel ${held.id}`)).toBe(`${held.id} is cancelled.\n`)
  await done(`automations resume ${automation}`)

  expect(await refused(`automations delete ${automation}`, 2)).toContain('--yes')
  expect(await refused(`webhooks delete ${webhook} --yes`, 3)).toContain('The automation “deploy”')
  await done(`automations delete ${automation} --yes`)
  await done(`webhooks delete ${webhook} --yes`)
  expect(await refused(`collections delete vision/demo/churn --yes`, 3)).toContain(
    `A version of it is linked as ${registry}:v0.`,
  )
  await done(`versions delete vision/demo/churn:v0 --yes --force`)
  await done('collections delete vision/demo/churn --yes')
  expect(await refused('registries delete models --yes', 3)).toContain('The collection “churn-model”')
  await done(`collections delete ${registry} --yes`)
  await done('registries delete models --yes')
  await done('secrets delete DEPLOY_TOKEN --yes')
  expect(await done('secrets list')).toBe('No secrets.\n')
}, 120_000)

test('settings go in as a file, and other options win', async () => {
  writeFileSync(
    join(home, 'webhook.json'),
    JSON.stringify({ name: 'from file', url: `${signalbox.current.receiver.url}/a`, concurrency_max: 3 }),
  )
  const made = await json(
    `webhooks create --from ${join(home, 'webhook.json')} --to ${signalbox.current.receiver.url}/b --rate 5`,
  )
  expect(made).toMatchObject({
    name: 'from file',
    url: `${signalbox.current.receiver.url}/b`,
    concurrency_max: 3,
    rate_per_second: 5,
  })
  expect(await json(`webhooks edit ${made.id} --no-access-token --in-order`)).toMatchObject({
    in_order: true,
    access_token: null,
    rate_per_second: 5,
  })
  expect(await done(`webhooks pause ${made.id}`)).toBe(`${made.id} “from file” holds what comes.\n`)
  expect(await done(`webhooks show ${made.id}`)).toMatch(/^state +paused$/m)
  expect(await json(`webhooks rotate-secret ${made.id} --overlap 0`)).toMatchObject({
    signing_secret: expect.stringMatching(/^whsec_/),
  })
  expect(await done('webhooks list')).toMatch(new RegExp(`^${made.id} +from file .* paused +\\d+$`, 'm'))
})

test('a test of a webhook that is not taken ends with an exit code of its own, for people and for scripts', async () => {
  const { receiver } = signalbox.current
  const { id } = await json(`webhooks create --name refusing --to ${receiver.url}/refusing`)
  receiver.answerWith(answerStatus(500))
  const [forPeople, forScripts] = [
    await run(['webhooks', 'test', id], commands.environment),
    await run(['webhooks', 'test', id, '--json'], commands.environment),
  ]
  receiver.answerWith(answerStatus(200))
  expect(forPeople).toMatchObject({ code: 6, stdout: expect.stringMatching(/^not taken: /), stderr: '' })
  expect(forScripts).toMatchObject({ code: 6, stderr: '' })
  expect(JSON.parse(forScripts.stdout)).toMatchObject({ ok: false, response: { status: 500 } })
  expect(await json(`webhooks test ${id}`)).toMatchObject({ ok: true })
})

test('switching an automation or a webhook tells the state it is in then, and not what was asked for', async () => {
  const { id } = await json('automations create --project demo --name switched --event CUSTOM --no-op')
  const states = [
    ['disable', 'is disabled: it matches nothing'],
    ['pause', 'is disabled and paused: it matches nothing, and holds what it still has to send'],
    ['enable', 'is paused: it matches, and holds what it would send'],
    ['disable', 'is disabled and paused: it matches nothing, and holds what it still has to send'],
    ['resume', 'is disabled: it matches nothing'],
    ['enable', 'fires'],
  ]
  for (const [verb, state] of states)
    expect(await done(`automations ${verb} ${id}`)).toBe(`${id} “switched” ${state}.\n`)
  const webhook = await json(`webhooks create --name switched --to ${signalbox.current.receiver.url}/switched`)
  expect(await done(`webhooks pause ${webhook.id}`)).toBe(`${webhook.id} “switched” holds what comes.\n`)
  expect(await done(`webhooks enable ${webhook.id}`)).toBe(`${webhook.id} “switched” holds what comes.\n`)
  expect(await done(`webhooks resume ${webhook.id}`)).toBe(`${webhook.id} “switched” sends.\n`)
})

test('what makes no sense is told before anything is asked of the server', async () => {
  for (const line of [
    'automations create --project demo --team vision --name x --event CUSTOM --no-op',
    'automations create --project demo --name x --event CUSTOMS --no-op',
    'automations create --project demo --event CUSTOM --no-op',
    'automations list --project demo --team vision',
    'automations edit aut_1',
    'webhooks edit whk_1',
    'webhooks edit whk_1 --force',
    'webhooks create --name x',
    "webhooks create --name x --to https://example.com --header 'no colon'",
    'registries edit models --accept model --accept-all',
    'registries grant models vision owner',
    'projects edit demo --automations-by everybody',
    'deliveries list --team vision --after yesterday',
    'completion powershell',
  ])
    await refused(line, 2)
  await refused('automations show aut_999', 4)
  await refused('collections show vision/demo/nothing', 4)
})
