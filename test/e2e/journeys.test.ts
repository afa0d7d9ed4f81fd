import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test('an alias added in the page fires the automation, and its delivery is seen without a reload', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/registries/models/churn-model?version=v0')
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Remove production').click()
  await drawer.getByText('An artifact alias is removed: production').waitFor()
  await drawer.getByLabel('Alias', { exact: true }).fill('production')
  await drawer.getByRole('button', { name: 'Add alias' }).click()
  const first = drawer.getByRole('link', { name: 'Delivery' }).first()
  await drawer.getByText('Delivered', { exact: true }).nth(1).waitFor()
  await first.click()
  await page.getByRole('heading', { level: 1, name: 'Deploy to production → example receiver' }).waitFor()
  await page.context().close()
})

test('a wrong name or password is refused without saying which', async () => {
  const { page } = await browser.visit()
  await page.goto('/history')
  await page.getByLabel('Name', { exact: true }).fill('nobody')
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Name or password is wrong.').waitFor()
  await page.context().close()
})

test('an automation is made with the wizard alone: reload keeps what was typed, mistakes are underlined, the result is in the list', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/automations/new')
  await page.getByLabel('Project or registry').last().selectOption({ label: 'example/wandb-registry-models' })
  await page.getByLabel('An artifact alias is added').check()
  await page.getByLabel('Alias regex').fill('^staging$')
  await page.getByText('0 of ').waitFor()
  await page.getByText('expected /^staging$/').first().waitFor()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByRole('combobox', { name: 'Field of condition 1' }).fill('metadata.accuracy')
  await page.getByLabel('Comparison of condition 1').selectOption('is at least')
  await page.getByLabel('Value of condition 1').fill('0.9')
  await page.reload()
  expect(await page.getByRole('combobox', { name: 'Field of condition 1' }).inputValue()).toBe('metadata.accuracy')
  expect(await page.getByLabel('Alias regex').inputValue()).toBe('^staging$')
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Webhook', { exact: true }).selectOption({ index: 1 })
  await page.locator('.cm-content').fill('{"by": "${event_autor}"}')
  await page.getByText('did you mean', { exact: false }).waitFor()
  await page.locator('.cm-lintRange-error, .cm-lintRange-warning').first().waitFor()
  await page.getByRole('button', { name: 'Use event_author' }).click()
  await page.getByText('No mistakes.').waitFor()
  expect(await page.locator('.cm-content').textContent()).toBe('{"by": "${event_author}"}')
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Automation name').fill('Tell staging')
  await page.getByRole('button', { name: 'Create automation' }).click()
  await page.getByRole('heading', { level: 1, name: 'Tell staging' }).waitFor()
  const filter = (await page.getByRole('region', { name: 'Filter' }).textContent()) ?? ''
  expect(JSON.parse(filter)).toEqual({ alias: { $regex: '^staging$' }, 'metadata.accuracy': { $gte: 0.9 } })
  await page.goto('/automations?q=staging')
  await page.getByRole('link', { name: 'Tell staging' }).waitFor()
  expect(await page.getByRole('link', { name: 'Deploy to production' }).count()).toBe(0)
  await page.context().close()
})

test('a session that ends asks for the password over the page, and what was typed is still there', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/secrets')
  await page.getByRole('button', { name: 'New secret' }).click()
  const dialog = page.getByRole('dialog', { name: 'New secret' })
  await dialog.getByLabel('Secret name').fill('TYPED')
  await dialog.getByLabel('Secret', { exact: true }).fill('a value that nobody sees')
  await page.context().clearCookies()
  await dialog.getByRole('button', { name: 'Add secret' }).click()
  const over = page.getByRole('dialog', { name: 'Your session ended' })
  await over.getByLabel('Password', { exact: true }).fill(browser.password)
  await over.getByRole('button', { name: 'Sign in' }).click()
  await over.waitFor({ state: 'detached' })
  expect(await dialog.getByLabel('Secret name').inputValue()).toBe('TYPED')
  await dialog.getByRole('button', { name: 'Add secret' }).click()
  await page.getByRole('region', { name: 'Team secrets' }).getByText('TYPED').waitFor()
  expect(await page.content()).not.toContain('a value that nobody sees')
  await page.context().close()
})

test('an API key made on the profile is shown once, works, and works no more once it is revoked', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/profile')
  await page.getByRole('button', { name: 'New API key' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('from the page')
  await page.getByRole('dialog').getByRole('button', { name: 'New API key' }).click()
  const key = (await page.getByRole('region', { name: 'API key', exact: true }).textContent()) ?? ''
  const asKey = () => page.request.get('/api/v1/me', { headers: { authorization: `Bearer ${key}` } })
  expect(key).toMatch(/^sbx_\w{40}$/)
  expect((await asKey()).status()).toBe(200)
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'Revoke from the page' }).waitFor()
  expect(await page.content()).not.toContain(key)
  await page.getByRole('button', { name: 'Revoke from the page' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await page.getByRole('button', { name: 'Revoke from the page' }).waitFor({ state: 'detached' })
  expect((await asKey()).status()).toBe(401)
  await page.context().close()
})

test('rows that come while somebody is at the history wait until they are asked for', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/history')
  const rows = page.getByRole('region', { name: 'History' }).getByRole('link')
  await rows.first().waitFor()
  const before = await rows.count()
  await rows.first().hover()
  await fire(page)
  await page.getByRole('button', { name: '1 new delivery' }).waitFor()
  expect(await rows.count()).toBe(before)
  await page.getByRole('button', { name: '1 new delivery' }).click()
  await expect.poll(() => rows.count()).toBe(before + 1)
  await page.context().close()
})

test('what happened before the stream was there is seen when it comes', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  await page.route('**/api/v1/stream', async (route) => {
    await opened
    await route.continue()
  })
  await page.goto('/history')
  const rows = page.getByRole('region', { name: 'History' }).getByRole('link')
  await rows.first().waitFor()
  const before = await rows.count()
  await fire(page)
  open()
  await expect.poll(() => rows.count()).toBe(before + 1)
  await page.context().close()
})

test('events and deliveries are found by what they are about, and the address keeps the search', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/events?place=prj_2&type=nonsense')
  const events = page.getByRole('region', { name: 'Events' })
  await events.getByText('A new version is linked to a collection').first().waitFor()
  await page.getByLabel('Result').selectOption('Fired an automation')
  await events.getByText('A new version is linked to a collection').first().waitFor({ state: 'detached' })
  await events.getByText('An artifact alias is added: production').first().waitFor()
  await page.getByLabel('By').fill('nobody')
  await page.getByText('No events match these filters.').waitFor()
  expect(new URL(page.url()).search).toBe('?place=prj_2&result=fired&by=nobody')
  await page.reload()
  await page.getByText('No events match these filters.').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await events.getByText('A new version is linked to a collection').first().waitFor()
  await page.goto('/history')
  await page.getByLabel('Automation', { exact: true }).selectOption('Deploy to production')
  await page.getByRole('region', { name: 'History' }).getByRole('link').first().waitFor()
  expect(new URL(page.url()).search).toBe('?automation=aut_1')
  await page.getByLabel('State').selectOption('Failed')
  await page.getByText('No deliveries match these filters.').waitFor()
  await page.context().close()
})

test('what was accepted is sent again only after a question, as the same message, and can be taken to a shell', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto(`/deliveries/${browser.story.delivery}`)
  const attempt = page.getByRole('region', { name: 'Attempt 1', exact: true })
  const why = page.getByRole('region', { name: 'Why it was sent' })
  await why.getByText('The event is “An artifact alias is added”').waitFor()
  await why.getByText('The automation was on (revision 1)').waitFor()
  await attempt.getByRole('tab', { name: 'As curl' }).click()
  const curl = (await attempt.getByRole('tabpanel', { name: 'As curl' }).textContent()) ?? ''
  expect(curl).toMatch(/curl --request POST 'http:\/\/127\.0\.0\.1:\d+\//)
  expect(curl).toContain(`'authorization: Bearer '"$ACCESS_TOKEN"`)
  const [, message] = /webhook-id: (msg_\w+)/.exec(curl) ?? []
  await page.getByRole('button', { name: 'Redeliver' }).click()
  await page.getByRole('menuitem', { name: 'The same payload again' }).click()
  const question = page.getByRole('dialog', { name: 'Send it again?' })
  await question.waitFor()
  await expectAccessible(page, 'the question before a redelivery')
  await question.getByRole('button', { name: 'Redeliver' }).click()
  await page.getByText('Redelivery of').waitFor()
  expect(page.url()).not.toContain(browser.story.delivery)
  await page.getByText('Accepted with 200').waitFor()
  await page.getByText(message!, { exact: true }).waitFor()
  await page.context().close()
})

test('a stream that was refused is asked for again', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await fire(page)
  let isOpen = false
  await page.route('**/api/v1/stream', (route) =>
    isOpen ? route.continue() : route.fulfill({ status: 503, body: 'not now' }),
  )
  await page.goto('/history')
  const rows = page.getByRole('region', { name: 'History' }).getByRole('link')
  await page.getByText('No connection since').waitFor()
  await rows.first().waitFor()
  const before = await rows.count()
  await fire(page)
  isOpen = true
  await page.getByText('Live', { exact: true }).waitFor()
  await expect.poll(() => rows.count()).toBe(before + 1)
  await page.context().close()
})

/** Takes the alias away and puts it on again: one delivery more, and it is on record. */
async function fire(page: Page): Promise<void> {
  const body = { version: 'v0', aliases: ['production'] }
  const collection = encodeURIComponent('example/wandb-registry-models/churn-model')
  const countDeliveries = async () => {
    const list = await page.request.get('/api/v1/deliveries?automation=aut_1&limit=100')
    return ((await list.json()) as { items: unknown[] }).items.length
  }
  const before = await countDeliveries()
  const answers = [
    await page.request.delete(`/api/v1/collections/${collection}/aliases/production`),
    await page.request.post(`/api/v1/collections/${collection}/aliases`, { data: body }),
  ]
  expect(answers.map((answer) => answer.status())).toEqual([204, 200])
  expect(await countDeliveries(), 'deliveries on record').toBe(before + 1)
}
