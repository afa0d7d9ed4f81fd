import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fireAlias } from './fire-alias.ts'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test('the page of a webhook says how it is, who uses it and how it was tested last', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks')
  await page.getByRole('link', { name: 'example receiver' }).click()
  await page.getByRole('heading', { level: 1, name: 'example receiver' }).waitFor()
  await page.getByText('It took the 1 delivery of the last hour.').waitFor()
  const facts = page.getByRole('region', { name: 'About it' })
  await facts.getByRole('link', { name: 'Deploy to production' }).waitFor()
  await facts.getByText('30 s deadline, 30 tries, 10 at a time, no limit per second.').waitFor()
  await page.getByRole('link', { name: 'Deploy to production → example receiver' }).waitFor()
  await page.getByRole('button', { name: 'Test example receiver' }).click()
  const panel = page.getByRole('dialog', { name: 'Test example receiver' })
  await panel.getByRole('button', { name: 'Test webhook' }).click()
  await panel.getByText('200 accepted').waitFor()
  await page.keyboard.press('Escape')
  await facts.getByText('200 accepted').waitFor()
  await page.context().close()
})

test('a webhook that is paused holds what is new and says how much; resumed, it sends it', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks/whk_1')
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await page.getByText('example receiver is paused. New deliveries wait.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('It took the 1 delivery of the last hour.').waitFor()
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await page.getByText('Paused. 0 deliveries wait until it is resumed.').waitFor()
  await fireAlias(page)
  await page.getByText('Paused. 1 delivery waits until it is resumed.').waitFor()
  await page.goto('/overview')
  await page.getByRole('link', { name: 'example receiver is paused' }).click()
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText('It took all 2 deliveries of the last hour.').waitFor()
  await page.context().close()
})

test('the receiver’s tab tells what arrives and how to verify it; a new signing secret is shown once, and both sign', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks/whk_1')
  await page.getByRole('tab', { name: 'Receiver' }).click()
  await page.getByText('HMAC-SHA256 of the body alone, as base64, keyed with its signing secret.').waitFor()
  await page.getByRole('tab', { name: 'Python' }).click()
  await page.getByRole('region', { name: 'Verification in Python' }).getByText('def verify').waitFor()
  const signing = page.getByText('Signs since')
  expect(await signing.count()).toBe(1)
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Rotate signing secret' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate signing secret' }).click()
  const secret = await page.getByRole('region', { name: 'Signing secret' }).textContent()
  expect(secret).toMatch(/^whsec_/)
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect.poll(() => signing.count()).toBe(2)
  await page.getByRole('listitem').getByText('until').waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.context().close()
})

test('the settings are changed on the page, and a webhook that is deleted there leads back to the list', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const made = await page.request.post('/api/v1/teams/vision/webhooks', {
    data: { name: 'short-lived', url: 'https://hooks.example/a' },
  })
  const { id } = (await made.json()) as { readonly id: string }
  await page.goto(`/teams/vision/webhooks/${id}?tab=settings`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Edit short-lived' })
  await expectAccessible(page, 'the form over the page of a webhook')
  await form.getByLabel('Name', { exact: true }).fill('renamed')
  await form.getByRole('button', { name: 'Save webhook' }).click()
  await page.getByRole('heading', { level: 1, name: 'renamed' }).waitFor()
  const warned = page.getByRole('button', { name: 'Close', exact: true })
  if (await warned.isVisible()) await warned.click()
  await page.getByRole('button', { name: 'Actions of renamed' }).click()
  await page.getByRole('menuitem', { name: 'Delete webhook' }).click()
  await page
    .getByRole('alertdialog', { name: 'Delete renamed?' })
    .getByRole('button', { name: 'Delete webhook' })
    .click()
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
  expect(await page.getByRole('link', { name: 'renamed' }).count()).toBe(0)
  await page.context().close()
})

test('of two who edit one webhook, the one who saves last sees both changes, and nothing is lost until one is chosen', async () => {
  const { page: mine } = await browser.visit()
  const { page: theirs } = await browser.visit()
  for (const page of [mine, theirs]) await browser.signIn(page)
  const made = await mine.request.post('/api/v1/teams/vision/webhooks', {
    data: { name: 'of-two', url: 'https://hooks.example/a' },
  })
  const { id } = (await made.json()) as { readonly id: string }
  const read = async () => (await mine.request.get(`/api/v1/webhooks/${id}`)).json()
  const form = (page: Page) => page.getByRole('dialog', { name: 'Edit of-two' })
  for (const page of [mine, theirs]) {
    await page.goto(`/teams/vision/webhooks/${id}?tab=settings`)
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await form(page).getByLabel('Requests at a time').waitFor()
  }
  await mine.getByRole('link', { name: '‹ Webhooks' }).waitFor()
  await form(theirs).getByLabel('Requests at a time').fill('3')
  await form(theirs).getByLabel('Deadline in seconds').fill('5')
  await form(theirs).getByRole('button', { name: 'Save webhook' }).click()
  await expect.poll(read).toMatchObject({ revision: 2, concurrency_max: 3, timeout_ms: 5000 })

  await form(mine).getByLabel('Requests at a time').fill('7')
  await form(mine).getByLabel('URL', { exact: true }).fill('https://hooks.example/b')
  await form(mine).getByRole('button', { name: 'Save webhook' }).click()
  const both = mine.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await both.getByText('Changed by ada').waitFor()
  await both.getByText('You and they both changed Requests at a time.').waitFor()
  const side = (name: string) => both.getByRole('region', { name })
  await side('Mine').locator('.came', { hasText: 'https://hooks.example/b' }).waitFor()
  await side('Theirs').locator('.came', { hasText: '5' }).waitFor()
  await expectAccessible(mine, 'two changes of a webhook beside each other')
  await both.getByRole('button', { name: 'Go on editing' }).click()
  await both.waitFor({ state: 'detached' })
  expect(await form(mine).getByLabel('Requests at a time').inputValue()).toBe('7')
  await form(mine).getByRole('button', { name: 'See the difference' }).click()
  await both.getByRole('button', { name: 'Keep mine' }).click()
  await both.waitFor({ state: 'detached' })
  expect(await read()).toMatchObject({
    revision: 3,
    concurrency_max: 7,
    timeout_ms: 5000,
    url: 'https://hooks.example/b',
  })

  await theirs.reload()
  await theirs.getByRole('button', { name: 'Edit', exact: true }).click()
  await form(theirs).getByLabel('Requests at a time').fill('9')
  await mine.request.patch(`/api/v1/webhooks/${id}`, { data: { revision: 3, timeout_ms: 4000 } })
  await form(theirs).getByRole('button', { name: 'Save webhook' }).click()
  await theirs.getByRole('button', { name: 'Take theirs' }).click()
  await form(theirs).waitFor({ state: 'detached' })
  expect(await read()).toMatchObject({ revision: 4, concurrency_max: 7, timeout_ms: 4000 })
  await theirs.getByRole('link', { name: '‹ Webhooks' }).click()
  await theirs.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
  for (const page of [mine, theirs]) await page.context().close()
})

test('who is no admin of the team reads the page of a webhook, is told who may change it, and can do nothing to it', async () => {
  const { page: ada } = await browser.visit()
  await browser.signIn(ada)
  const person = { name: 'vera', password: browser.password }
  expect((await ada.request.post('/api/v1/organizations/example/people', { data: person })).status()).toBe(201)
  expect((await ada.request.put('/api/v1/teams/vision/members/vera', { data: { role: 'viewer' } })).ok()).toBe(true)
  const { page } = await browser.visit()
  await browser.signIn(page, 'vera')
  await page.goto('/teams/vision/webhooks/whk_1?tab=settings')
  await page.getByText('Only admins of vision change what is here. Admins: ada.').waitFor()
  await page.getByRole('tab', { name: 'Receiver' }).click()
  await page.getByText('Signs since').first().waitFor()
  for (const name of ['Test example receiver', 'Edit'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
  for (const one of [ada, page]) await one.context().close()
})
