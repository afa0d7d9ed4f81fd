import { expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { useCommands } from './use-commands.ts'

const signalbox = useSignalbox()
const { done, json, refused } = useCommands(signalbox)

test('projects are made, listed, shown, set and deleted', async () => {
  expect(await done('projects create second')).toMatch(/^prj_\d+ vision\/second is made\.\n$/)
  expect(await done('projects list --entity vision')).toMatch(/^prj_\d+ +vision\/second +project +0 +0 +0 +- +admin$/m)
  expect((await json('projects list --limit 1')).next).not.toBeNull()
  expect(await done('projects edit vision/second --automations-by admins')).toMatch(/^automations by +admins$/m)
  expect(await json('projects show vision/second')).toMatchObject({ automations_by_members: false, is_registry: false })
  await refused('projects edit vision/second', 2)
  await refused('projects create second', 3)
  await refused('projects show vision/nothing', 4)
  expect(await done('projects delete vision/second --yes')).toBe('vision/second is deleted.\n')
})

test('registries are set one thing at a time, and give roles', async () => {
  expect(await json('registries create data --visibility restricted')).toMatchObject({
    entity: 'acme',
    name: 'wandb-registry-data',
    visibility: 'restricted',
  })
  await done('registries edit data --accept model --accept dataset --protect production --protect gold')
  const set = { accepted_types: ['dataset', 'model'], protected_aliases: ['gold', 'production'] }
  expect(await json('registries edit data --automations-by admins')).toMatchObject({
    ...set,
    automations_by_members: false,
    visibility: 'restricted',
  })
  expect(await done('registries list')).toMatch(
    /^prj_\d+ +acme\/wandb-registry-data +restricted +dataset, model +gold, production +0 +0 +0 +- +admin$/m,
  )
  expect(await json('registries edit acme/data --accept-all --protect-none --visibility organization')).toMatchObject({
    accepted_types: null,
    protected_aliases: [],
    visibility: 'organization',
  })
  expect(await done('registries show data')).toMatch(/^accepts +all types$/m)

  await done('registries grant data vision viewer')
  expect((await json('registries grants data')).items).toMatchObject([{ name: 'vision', kind: 'team', role: 'viewer' }])
  expect(await done('registries revoke data vision')).toBe('vision has no role of its own there.\n')
  expect(await done('registries grants data')).toBe('No roles beyond those of the organization.\n')
  await refused('registries grant data vision owner', 2)
  await refused('registries edit data --visibility everybody', 2)
  await refused('registries edit data --protect gold --protect-none', 2)
  await refused('registries show nothing', 4)
})

test('collections are described, renamed, tagged and narrowed down', async () => {
  await done("collections create vision/demo churn --type model --description 'who leaves'")
  await done('collections create vision/demo images --type dataset')
  expect(await done('collections tag vision/demo/churn europe nightly')).toMatch(/^tags +europe, nightly$/m)
  expect(await done('collections untag vision/demo/churn nightly')).toMatch(/^tags +europe$/m)
  for (const only of ['--name churn', '--type model', '--tag europe'])
    expect((await json(`collections list vision/demo ${only}`)).items).toMatchObject([{ name: 'churn' }])
  expect(await done('collections list vision/demo')).toMatch(/^col_\d+ +vision\/demo\/images +dataset +\w+ +-$/m)
  expect(await json('collections edit vision/demo/images --name pictures --description new')).toMatchObject({
    full_name: 'vision/demo/pictures',
    description: 'new',
  })
  expect(await done('collections show vision/demo/churn')).toMatch(/^description +who leaves$/m)
  await refused('collections create vision/demo nameless', 2)
  await refused('collections create vision/demo churn --type model', 3)
  await refused('collections show vision/demo/images', 4)
})

test('a version is made with all that is said of it, or given its number later', async () => {
  await done('collections create vision/demo versions --type model')
  const collection = 'vision/demo/versions'
  const made = await json(
    `versions create ${collection} --metadata - --alias best --tag eu --description first --digest abc --run run-1`,
    '{"accuracy": 0.9}',
  )
  expect(made).toMatchObject({
    full_name: `${collection}:v0`,
    metadata: { accuracy: 0.9 },
    aliases: expect.arrayContaining(['best', 'latest']),
    tags: ['eu'],
    description: 'first',
    digest: 'abc',
    source_run: 'run-1',
  })
  expect(await done(`versions create ${collection} --digest abc`)).toContain('(made before: nothing new)')
  const { id } = await json(`versions create ${collection} --pending`)
  expect(await json(`versions show ${id}`)).toMatchObject({ state: 'pending', version: null })
  expect(await done(`versions commit ${id}`)).toBe(`${id} is ${collection}:v1.\n`)

  expect(await done(`versions edit ${id} --description later --metadata '{"loss": 1}'`)).toMatch(
    /^description +later\n[^]*metadata\n {2}\{\n {4}"loss": 1/m,
  )
  expect(await json(`versions tag ${collection}:v1 one two`)).toMatchObject({ tags: ['one', 'two'] })
  expect(await json(`versions untag ${collection}:latest one`)).toMatchObject({ tags: ['two'] })
  expect(await done(`versions list ${collection}`)).toMatch(/^v1 +art_\d+ +latest +two +ada +\d+ \w ago$/m)
  expect(await json(`versions list ${collection} --limit 1`)).toMatchObject({ items: [{}], next: expect.any(String) })
  await refused(`versions create ${collection} --metadata '{'`, 2)
  await refused(`versions create ${collection} --metadata '[]'`, 3)
  await refused(`versions show ${collection}:v9`, 4)
})

test('a link is taken away with its aliases; a linked version is deleted by --force only', async () => {
  await done('registries create shelf')
  const shelf = 'acme/wandb-registry-shelf/linked'
  await done('collections create acme/wandb-registry-shelf linked --type model')
  await done('collections create vision/demo made --type model')
  await done('versions create vision/demo/made')
  await done(`collections link ${shelf} vision/demo/made:v0 --alias staging --alias gold`)
  expect(await done(`collections unalias ${shelf} gold`)).toBe('gold is gone.\n')
  expect(await json(`collections alias ${shelf} staging best better`)).toMatchObject({
    aliases: expect.arrayContaining(['best', 'better', 'staging']),
  })
  expect(await done(`collections unlink ${shelf} v0`)).toBe('v0 is linked there no more.\n')
  expect((await json('versions show vision/demo/made:v0')).memberships).toMatchObject([{ source: true }])

  await done(`collections link ${shelf} vision/demo/made:v0`)
  expect(await refused('versions delete vision/demo/made:v0 --yes', 3)).toMatch(/^The .* is in use: [^]*try: .*--force/)
  await refused('versions delete vision/demo/made:v0 --force', 2)
  await done('versions delete vision/demo/made:v0 --yes --force')
  await refused('versions show vision/demo/made:v0', 4)
})
