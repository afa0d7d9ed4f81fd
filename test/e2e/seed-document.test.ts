import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerStatus, startReceiver, type Receiver } from '../support/receiver.ts'
import { chooseWebhook } from './choose-webhook.ts'
import { useBrowser, waitUntilLoaded } from './use-browser.ts'

// What "Create a webhook automation" tells a person to do, by the labels it names, in its order; and that somebody who may
// only look is offered none of it.

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

const browser = useBrowser(() => ({ SIGNALBOX_ALLOWED_TARGETS: receiver.target }))
const token = 'ghp_that-nobody-may-see'
const seen: string[] = []
let page: Page
beforeAll(async () => {
  ;({ page } = await browser.visit())
  page.on('response', (response) => {
    if (response.url().includes('/api/'))
      // Of a page that was left there is nothing to read any more.
      void response.text().then(
        (body) => seen.push(body),
        () => undefined,
      )
  })
  await browser.signIn(page)
})

const main = () => page.getByRole('main')
const dialog = (name: string) => page.getByRole('dialog', { name })

test('a secret is made in the team settings', async () => {
  await page.getByRole('link', { name: 'Team secrets' }).click()
  for (const [name, value] of [
    ['GITHUB_TOKEN', token],
    ['PASSWORD', 'a password that signs'],
  ] as const) {
    await page.getByRole('button', { name: 'New secret' }).click()
    await dialog('New secret').getByLabel('Secret name').fill(name)
    await dialog('New secret').getByLabel('Secret', { exact: true }).fill(value)
    await dialog('New secret').getByRole('button', { name: 'Add secret' }).click()
    await main().getByText(name, { exact: true }).waitFor()
  }
})

test('a webhook with access token and secret is tested before it is saved, and a refused test says what to try', async () => {
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('button', { name: 'New webhook' }).click()
  const form = dialog('New webhook')
  await form.getByLabel('Name', { exact: true }).fill('deploy-bot')
  await form.getByLabel('URL', { exact: true }).fill(`${receiver.url}/dispatches`)
  await form.getByLabel('Access token', { exact: true }).selectOption('GITHUB_TOKEN')
  await form.getByLabel('Secret', { exact: true }).selectOption('PASSWORD')
  await form.getByRole('button', { name: 'Test', exact: true }).click()
  const panel = dialog('Test deploy-bot')
  receiver.answerWith(answerStatus(401))
  await panel.getByRole('button', { name: 'Test webhook' }).click()
  await panel.getByText('401 rejected').waitFor()
  await panel.getByText('Try:').waitFor()
  receiver.answerWith(answerStatus(204))
  await panel.getByRole('button', { name: 'Test again' }).click()
  await panel.getByText('204 accepted').waitFor()
  expect(receiver.requests.at(-1)?.headers['authorization']).toBe(`Bearer ${token}`)
  await panel.getByRole('tab', { name: 'Request' }).click()
  await expect.poll(() => panel.textContent()).toContain('Bearer ‹secret ACCESS_TOKEN›')
  await panel.getByRole('button', { name: 'Close' }).click()
  await form.getByRole('button', { name: 'Save webhook' }).click()
  await dialog('Signing secret').getByRole('button', { name: 'I have stored it' }).click()
  await main().getByText('deploy-bot', { exact: true }).waitFor()
})

test('the shell script of the webhook, run in a shell, sends the same request with the same signature', async () => {
  await page.getByRole('button', { name: 'Actions of deploy-bot' }).click()
  await page.getByRole('menuitem', { name: 'Shell script' }).click()
  const shown = dialog('Shell script for deploy-bot')
  const script = await shown.getByRole('region').first().textContent()
  await shown.getByRole('button', { name: 'Close' }).click()
  const before = receiver.requests.length
  const environment = {
    API_ENDPOINT: `${receiver.url}/dispatches`,
    ACCESS_TOKEN: token,
    SECRET: 'a password that signs',
    PAYLOAD: '{"hello": 1}',
  }
  const running = promisify(execFile)('bash', ['-s'], { env: { ...process.env, ...environment } })
  running.child.stdin!.end(script!)
  await running
  const sent = (await receiver.received(before + 1)).at(-1)!
  expect(sent.body.toString()).toBe('{"hello": 1}')
  expect(sent.headers['authorization']).toBe(`Bearer ${token}`)
  expect(sent.headers['x-wandb-signature']).toBe(
    createHmac('sha256', 'a password that signs').update(sent.body).digest('base64'),
  )
})

test('a registry automation is made from the tab of the registry, and an alias added fires it', async () => {
  await page.getByRole('link', { name: 'Registries' }).click()
  await main().getByRole('link', { name: 'models' }).click()
  await page.getByRole('tab', { name: 'Automations' }).click()
  await page.getByRole('link', { name: 'Create automation' }).click()
  await page.getByLabel('An artifact alias is added').check()
  await page.getByLabel('Alias regex').fill('^release-')
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Team that owns the webhook').selectOption('vision')
  await page.getByLabel('Action type').selectOption('Webhooks')
  await chooseWebhook(page, 'deploy-bot')
  await main().getByText(receiver.target).waitFor()
  await page
    .locator('.cm-content')
    .fill(
      '{"type": "${event_type}", "by": "${event_author}", "at": "${artifact_version_string}", "key": "${ACCESS_TOKEN}"}',
    )
  await page.getByText('No mistakes.').waitFor()
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Automation name').fill('Release')
  await page.getByLabel('Description (optional)').fill('Tells the deployer.')
  await page.getByRole('button', { name: 'Create automation' }).click()
  await page.getByRole('heading', { level: 1, name: 'Release' }).waitFor()

  const before = receiver.requests.length
  await page.goto('/registries/models/churn-model?version=v0')
  await page.getByRole('dialog').getByLabel('Alias', { exact: true }).fill('release-1')
  await page.getByRole('dialog').getByRole('button', { name: 'Add alias' }).click()
  const { headers, body } = (await receiver.received(before + 1)).at(-1)!
  expect(JSON.parse(body.toString())).toEqual({
    type: 'ADD_ARTIFACT_ALIAS',
    by: 'ada',
    at: 'example/wandb-registry-models/churn-model:release-1',
    key: token,
  })
  expect(headers['authorization']).toBe(`Bearer ${token}`)
  expect(headers['x-wandb-signature']).toMatch(/^[\w+/]{43}=$/)
  await page.goto('/history')
  await main().getByRole('link', { name: 'Release → deploy-bot' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Release → deploy-bot' }).waitFor()
  await page.getByText('Accepted with 204').waitFor()
})

test('why another alias did not fire it is told in a sentence', async () => {
  await page.goto('/registries/models/churn-model?version=v0')
  await page.getByRole('dialog').getByLabel('Alias', { exact: true }).fill('candidate')
  await page.getByRole('dialog').getByRole('button', { name: 'Add alias' }).click()
  await page.getByRole('dialog').getByText('An artifact alias is added: candidate').click()
  await page.getByRole('heading', { level: 1, name: 'An artifact alias is added: candidate' }).waitFor()
  await main().getByText('expected /^release-/').waitFor()
})

test('it is edited from its menu, and deleted after it was asked', async () => {
  await page.goto('/automations')
  await page.getByRole('button', { name: 'Actions of Release' }).click()
  await page.getByRole('menuitem', { name: 'Edit automation' }).click()
  await page.getByLabel('Alias regex').fill('^ship-')
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Action type').waitFor()
  for (const step of ['Next step', 'Save changes']) await page.getByRole('button', { name: step }).click()
  await page.getByRole('heading', { level: 1, name: 'Release' }).waitFor()
  await main().getByText('^ship-').first().waitFor()
  await page.goto('/automations')
  await page.getByRole('button', { name: 'Actions of Release' }).click()
  await page.getByRole('menuitem', { name: 'Delete automation' }).click()
  await page
    .getByRole('alertdialog', { name: 'Delete Release?' })
    .getByRole('button', { name: 'Delete automation' })
    .click()
  await main().getByRole('link', { name: 'Release' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'History' }).click()
  await main().getByRole('link', { name: 'Release → deploy-bot' }).first().waitFor()
})

test('no answer of the server and nothing in the page held a value of a secret', async () => {
  expect(seen.length).toBeGreaterThan(20)
  const all = [await page.content(), ...seen].join('\n')
  for (const value of [token, 'a password that signs']) expect(all).not.toContain(value)
})

test('somebody who may only look is offered nothing that they may not do, and told who may', async () => {
  const person = { name: 'vera', password: browser.password }
  expect((await page.request.post('/api/v1/organizations/example/people', { data: person })).status()).toBe(201)
  const asViewer = { data: { role: 'viewer' } }
  expect((await page.request.put('/api/v1/teams/vision/members/vera', asViewer)).ok()).toBe(true)
  const visitor = await browser.visit()
  await browser.signIn(visitor.page, 'vera')
  for (const [address, heading, refused] of [
    ['/teams/vision/secrets', 'Team secrets', ['New secret', 'Actions of GITHUB_TOKEN']],
    ['/teams/vision/webhooks', 'Webhooks', ['New webhook']],
    ['/teams/vision/members', 'Members', ['Add member', 'New service account']],
  ] as const) {
    await visitor.page.goto(address)
    await visitor.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await visitor.page.getByText('Only admins of vision change what is here. Admins: ada.').waitFor()
    await waitUntilLoaded(visitor.page)
    for (const name of refused) expect(await visitor.page.getByRole('button', { name }).count(), name).toBe(0)
  }
  await visitor.page.goto('/teams/vision/webhooks')
  await visitor.page.getByRole('button', { name: 'Actions of deploy-bot' }).click()
  await visitor.page.getByRole('menuitem', { name: 'Shell script' }).waitFor()
  for (const name of ['Test', 'Edit', 'Pause', 'Rotate signing secret', 'Delete webhook'])
    expect(await visitor.page.getByRole('menuitem', { name, exact: true }).count(), name).toBe(0)
  await visitor.page.goto(`/deliveries/${browser.story.delivery}`)
  await visitor.page.getByText('Accepted with').waitFor()
  expect(await visitor.page.getByRole('button', { name: 'Redeliver' }).count()).toBe(0)
  await visitor.page.goto('/registries/models?tab=automations')
  await visitor.page.getByRole('link', { name: 'Deploy to production' }).click()
  await visitor.page.getByRole('heading', { level: 1, name: 'Deploy to production' }).waitFor()
  expect(await visitor.page.getByRole('link', { name: 'Edit automation' }).count()).toBe(0)
  expect(await visitor.page.getByRole('switch').count()).toBe(0)
  expect(await visitor.page.getByRole('link', { name: 'Audit log' }).count()).toBe(0)
  await visitor.page.context().close()
})
