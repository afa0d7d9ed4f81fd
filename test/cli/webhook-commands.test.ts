import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { home, run } from './run-cli.ts'
import { useCommands } from './use-commands.ts'

const signalbox = useSignalbox()
const commands = useCommands(signalbox)
const { done, json, refused } = commands

test('every setting is an option, and an edit changes what is named and nothing else', async () => {
  const { receiver } = signalbox.current
  for (const name of ['TOKEN', 'KEY', 'A', 'B']) await done(`secrets create ${name}`, 'a-value')
  const made = await json(
    `webhooks create --name full --to ${receiver.url}/hook --access-token TOKEN --secret KEY --grant A --grant B ` +
      `--header 'X-Team: vision' --header 'X-Two: 2' --timeout 5000 --retry-attempts 4 --rate 2.5 --concurrency 3 ` +
      `--in-order --signature sha256=hex`,
  )
  expect(made).toMatchObject({
    url: `${receiver.url}/hook`,
    access_token: 'TOKEN',
    secret: 'KEY',
    granted_secrets: ['A', 'B'],
    headers: [
      { name: 'X-Team', value: 'vision' },
      { name: 'X-Two', value: '2' },
    ],
    timeout_ms: 5000,
    retry: { attempts_max: 4, delay_ms_min: 10_000 },
    rate_per_second: 2.5,
    concurrency_max: 3,
    in_order: true,
    signature_encoding: 'sha256=hex',
    signing_secret: expect.stringMatching(/^whsec_/),
  })
  const retry = { attempts_max: 2, delay_ms_min: 500, delay_ms_max: 900 }
  await json(`webhooks edit ${made.id} --from -`, JSON.stringify({ retry }))
  const before = await json(`webhooks show ${made.id}`)
  expect(before).not.toHaveProperty('signing_secret')
  const after = await json(`webhooks edit ${made.id} --retry-attempts 7 --no-in-order --no-secret`)
  const changed = { retry: { ...retry, attempts_max: 7 }, in_order: false, secret: null }
  expect(after).toEqual({ ...before, ...changed, revision: 3, updated_at: expect.any(String) })

  const shown = await done(`webhooks show ${made.id}`)
  expect(shown).toMatch(/^retry +7 attempts, waits from 500 to 900 ms$/m)
  expect(shown).toMatch(/^headers +X-Team: vision, X-Two: 2$/m)
})

test('what somebody else changed meanwhile is not overwritten, and mistakes are told one by one', async () => {
  const { id } = await signalbox.current.makeWebhook()
  writeFileSync(join(home, 'old.json'), JSON.stringify({ revision: 9, timeout_ms: 900 }))
  expect(await refused(`webhooks edit ${id} --from ${join(home, 'old.json')}`, 3)).toMatch(
    /^It was changed by somebody else: [^]*try: look at what it is by now/,
  )
  const said = await refused(`webhooks edit ${id} --timeout 1 --concurrency 5000 --grant NOBODY`, 3)
  expect(said).toMatch(/^ {2}#\/timeout_ms: /m)
  expect(said).toMatch(/^ {2}#\/concurrency_max: /m)
  expect(await json(`webhooks show ${id}`)).toMatchObject({ revision: 1 })
  await refused('webhooks show whk_999', 4)
  await refused(`webhooks edit ${id} --from ${join(home, 'none.json')}`, 2)
  await refused(`webhooks edit ${id} --from -`, 2, '[]')
  for (const options of ['--retry-attempts 0', '--retry-attempts 101', '--signature rot13', '--rate 0'])
    await refused(`webhooks edit ${id} ${options}`, 2)
})

test('the API key never goes to a receiver that is taken for the server', async () => {
  const { receiver, makeWebhook, server } = signalbox.current
  const { id } = await makeWebhook()
  for (const line of [
    `webhooks edit ${id} --url ${receiver.url}/hook`,
    `webhooks edit ${id} --timeout 900 --url=${receiver.url}/hook`,
    `webhooks create --name x --from - --url ${receiver.url}/hook`,
    `webhooks test ${id} --url ${receiver.url}/hook`,
  ])
    expect(await refused(line, 2, '{}')).toMatch(/--url is the server, not the receiver\ntry: --to /)
  expect(receiver.requests.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([])
  expect(await json(`--url ${server.url} webhooks edit ${id} --timeout 900`)).toMatchObject({ timeout_ms: 900 })
  const moved = `webhooks edit ${id} --to ${receiver.url}/moved --url ${server.url}`
  expect(await json(moved)).toMatchObject({ url: `${receiver.url}/moved` })
})

test('pause, resume, enable and rotate say what is so now', async () => {
  const { receiver, makeWebhook, makeAutomation, record, ended } = signalbox.current
  receiver.answerWith((_request, response) => void response.writeHead(410).end())
  const { id, name } = await makeWebhook()
  await makeAutomation(id, { filter: { name: 'gone' } })
  await ended((await record({ name: 'gone' })).id)
  expect(await done(`webhooks show ${id}`)).toMatch(/^state +disabled: /m)
  expect(await done(`webhooks enable ${id}`)).toBe(`${id} “${name}” sends.\n`)
  expect(await json(`webhooks pause ${id}`)).toMatchObject({ paused: true, disabled: null })
  expect(await done(`webhooks resume ${id}`)).toBe(`${id} “${name}” sends.\n`)
  expect(await done(`webhooks show ${id}`)).toMatch(/^state +sends$/m)
  expect(await done(`webhooks rotate-secret ${id}`)).toMatch(/^whsec_\S+ {2}\(shown this once; 2 sign now\)\n$/)
})

test('a list is read page by page, or whole; one in use is deleted by --force only', async () => {
  const { makeWebhook, makeAutomation } = signalbox.current
  const [used] = [await makeWebhook(), await makeWebhook(), await makeWebhook()]
  const all = (await done('webhooks list --all --json')).trim().split('\n')
  expect(all.length).toBeGreaterThan(2)
  const { items, next } = await json('webhooks list --limit 2')
  const rest = await json(`webhooks list --cursor ${next}`)
  expect([...items, ...rest.items].map(({ id }) => id)).toEqual(all.map((line) => JSON.parse(line).id))

  await makeAutomation(used.id)
  expect(await refused(`webhooks delete ${used.id} --yes`, 3)).toMatch(/^The .* is in use: [^]*try: .*--force/)
  expect(await done(`webhooks delete ${used.id} --yes --force`)).toBe(`${used.id} is deleted.\n`)
  await refused(`webhooks show ${used.id}`, 4)
})

test('who is no admin of the team is refused with the role that could', async () => {
  const { admin, makeWebhook } = signalbox.current
  const { id } = await makeWebhook()
  const { id: person } = await admin.must<{ id: string }>('POST', '/teams/vision/service-accounts', {
    name: 'robot',
    role: 'viewer',
  })
  const { key } = await admin.must<{ key: string }>('POST', '/api-keys', { name: 'robot', person })
  const environment = { ...commands.environment, SIGNALBOX_API_KEY: key }
  for (const args of [
    ['webhooks', 'pause', id],
    ['webhooks', 'delete', id, '--yes'],
  ]) {
    const ran = await run(args, environment)
    expect([ran.code, ran.stderr]).toEqual([3, expect.stringMatching(/^Not allowed: .*(admin|member)/)])
  }
})
