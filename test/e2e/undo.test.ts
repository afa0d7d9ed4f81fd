import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test('an automation that is deleted stops and leaves the list at once, and Ctrl Z brings it back as it was', async () => {
  const page = await visit()
  const id = await makeAutomation(page, 'Farewell')
  await page.goto('/automations?q=farewell')
  await page.getByRole('row', { name: /Farewell/ }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Delete automation' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete Farewell?' })
  await question.getByText('No delivery of it is in progress.').waitFor()
  await expectAccessible(page, 'the question before a deletion')
  await question.getByRole('button', { name: 'Delete automation' }).click()
  await page.getByRole('status').getByText('Farewell is deleted.').waitFor()
  // It is offered for as long as somebody is at it.
  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.getByRole('row', { name: /Farewell/ }).waitFor({ state: 'detached' })
  await expectAccessible(page, 'the way back from a deletion')
  expect(await statusOf(page, `/automations/${id}`)).toBe(404)

  await page.keyboard.press('Control+z')
  await page.getByRole('row', { name: /Farewell/ }).waitFor()
  await page.getByText('Farewell is deleted.').waitFor({ state: 'detached' })
  expect(await statusOf(page, `/automations/${id}`)).toBe(200)
  await page.goto(`/automations/${id}?tab=changes`)
  await page.getByText('ada undid its deletion').waitFor()

  await page.getByRole('button', { name: 'Actions of Farewell' }).click()
  await page.getByRole('menuitem', { name: 'Delete automation' }).click()
  await question.getByRole('button', { name: 'Delete automation' }).click()
  await page.getByRole('heading', { level: 1, name: 'Automations' }).waitFor()
  await page.getByText('Farewell is deleted.').waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Automations' }).waitFor()
  expect(await statusOf(page, `/automations/${id}`)).toBe(404)
  await page.context().close()
})

test('rows are ticked with x, and what is deleted together is brought back together', async () => {
  const page = await visit()
  const ids = [await makeAutomation(page, 'Couple one'), await makeAutomation(page, 'Couple two')]
  await page.goto('/automations?q=couple')
  await page.getByRole('row', { name: /Couple one/ }).waitFor()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await list.getByRole('listitem').filter({ hasText: 'Tick the row' }).waitFor()
  await list.getByRole('listitem').filter({ hasText: 'Undo, while it is offered' }).waitFor()
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key)
  const bar = page.getByRole('region', { name: 'Selection' })
  await bar.getByText('2 selected').waitFor()
  await page.keyboard.press('x')
  await bar.getByText('1 selected').waitFor()
  await page.keyboard.press('x')
  await bar.getByRole('button', { name: 'Delete…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete 2 automations?' })
  await question.getByText('Couple two, Couple one.').waitFor()
  await question.getByRole('button', { name: 'Delete 2 automations' }).click()
  await page.getByText('2 automations are deleted.').waitFor()
  await page.getByText('No automations match these filters.').waitFor()
  for (const id of ids) expect(await statusOf(page, `/automations/${id}`)).toBe(404)
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const name of ['Couple one', 'Couple two']) await page.getByRole('link', { name }).waitFor()
  for (const id of ids) expect(await statusOf(page, `/automations/${id}`)).toBe(200)
  await page.context().close()
})

test('a webhook that is deleted leaves the list at once and goes after 10 s, unless that is undone or somebody is at it', async () => {
  const page = await visit()
  await page.clock.install()
  const webhook = `/webhooks/${await makeWebhook(page, 'leaving')}`
  await page.goto('/teams/vision/webhooks')
  await deleteWebhook(page, 'leaving')
  const undo = page.getByRole('button', { name: 'Undo' })
  // The page's clock goes on while these steps take their time.
  await page.clock.fastForward(5_000)
  await undo.focus()
  await page.clock.fastForward(20_000)
  expect(await statusOf(page, webhook)).toBe(200)
  await undo.press('Enter')
  await row(page, 'leaving').waitFor()
  await page.clock.fastForward(20_000)
  expect(await statusOf(page, webhook)).toBe(200)

  await deleteWebhook(page, 'leaving')
  await page.clock.fastForward(10_000)
  await expect.poll(() => statusOf(page, webhook)).toBe(404)
  await page.getByText('leaving is deleted as soon as this closes.').waitFor({ state: 'detached' })
  expect(await row(page, 'leaving').count()).toBe(0)
  await page.context().close()
})

test('what was deleted on a page that is reloaded, closed or signed out of within the 10 s is deleted', async () => {
  const { page } = await browser.visit()
  await browser.signInAnew(page)
  const { page: other } = await browser.visit()
  await browser.signInAnew(other)
  const closed = await page.context().newPage()
  for (const [on, name, leave] of [
    [page, 'first', () => page.reload()],
    [closed, 'second', () => closed.close()],
    [page, 'third', () => page.getByRole('button', { name: 'Sign out' }).click()],
  ] as const) {
    const webhook = `/webhooks/${await makeWebhook(other, name)}`
    await on.goto('/teams/vision/webhooks')
    await deleteWebhook(on, name)
    expect(await statusOf(other, webhook)).toBe(200)
    await leave()
    await expect.poll(() => statusOf(other, webhook), { message: name }).toBe(404)
  }
  for (const one of [page, other]) await one.context().close()
})

test('a name is free again at once', async () => {
  const page = await visit()
  const secrets = '/api/v1/teams/vision/secrets'
  expect((await page.request.post(secrets, { data: { name: 'AGAIN', value: 'first' } })).status()).toBe(201)
  await page.goto('/teams/vision/secrets')
  await page.getByRole('button', { name: 'Actions of AGAIN' }).click()
  await page.getByRole('menuitem', { name: 'Delete secret' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete secret' }).click()
  await row(page, 'AGAIN').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'New secret' }).click()
  const form = page.getByRole('dialog', { name: 'New secret' })
  await form.getByLabel('Secret name').fill('AGAIN')
  await form.getByLabel('Secret', { exact: true }).fill('second')
  await form.getByRole('button', { name: 'Add secret' }).click()
  await row(page, 'AGAIN').waitFor()
  await page.context().close()
})

test('a deletion that is refused afterwards comes back with what uses it, and goes when that is meant', async () => {
  const page = await visit()
  const webhook = await makeWebhook(page, 'needed')
  await page.goto('/teams/vision/webhooks')
  await deleteWebhook(page, 'needed')
  const action = { type: 'webhook', webhook, template: '{}' }
  const id = await makeAutomation(page, 'Needs it', action)
  await page.getByRole('status').filter({ hasText: 'needed is deleted' }).getByRole('button', { name: 'Close' }).click()
  const refusal = page.getByRole('alert').filter({ hasText: 'needed was not deleted' })
  await refusal.getByText(`The automation “Needs it” (${id}) sends to it.`).waitFor()
  await row(page, 'needed').waitFor()
  await expectAccessible(page, 'a deletion that was refused')

  await page.getByRole('button', { name: 'Actions of needed' }).click()
  await page.getByRole('menuitem', { name: 'Delete webhook' }).click()
  await page.getByRole('alertdialog').getByText('Used by: Needs it.').waitFor()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await refusal.getByRole('button', { name: 'Delete anyway' }).click()
  await expect.poll(() => statusOf(page, `/webhooks/${webhook}`)).toBe(404)
  expect(await row(page, 'needed').count()).toBe(0)
  await page.context().close()
})

async function visit(): Promise<Page> {
  const { page } = await browser.visit()
  await browser.signIn(page)
  return page
}

function row(page: Page, name: string) {
  return page.getByRole('row', { name: new RegExp(name) })
}

async function deleteWebhook(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Delete webhook' }).click()
  const question = page.getByRole('alertdialog', { name: `Delete ${name}?` })
  await question.getByRole('button', { name: 'Delete webhook' }).click()
  await row(page, name).waitFor({ state: 'detached' })
  await page.getByText(`${name} is deleted as soon as this closes.`).waitFor()
}

async function makeWebhook(page: Page, name: string): Promise<string> {
  return made(page, '/teams/vision/webhooks', { name, url: 'https://hooks.example/a' })
}

async function makeAutomation(page: Page, name: string, action: object = { type: 'no_op' }): Promise<string> {
  const registry = encodeURIComponent('example/wandb-registry-models')
  const event = { event_type: 'ADD_ARTIFACT_ALIAS', filter: { alias: { $regex: '^nothing' } } }
  return made(page, `/projects/${registry}/automations`, { name, ...event, action })
}

async function made(page: Page, path: string, data: object): Promise<string> {
  const answer = await page.request.post(`/api/v1${path}`, { data })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { readonly id: string }).id
}

async function statusOf(page: Page, path: string): Promise<number> {
  return (await page.request.get(`/api/v1${path}`)).status()
}
