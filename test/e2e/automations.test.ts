import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chooseWebhook } from './choose-webhook.ts'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test('what was changed stands under Changes with who did it, and is brought back', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const id = await make(page, 'Changed')
  await change(page, id, { revision: 1, filter: { alias: { $regex: '^staging' } } })
  await page.goto(`/automations/${id}?tab=changes`)
  const changed = page.getByRole('region', { name: 'revision 2', exact: true })
  await changed.getByText('ada changed the filter').waitFor()
  await changed.locator('.went', { hasText: '^nothing' }).waitFor()
  await changed.locator('.came', { hasText: '^staging' }).waitFor()
  const made = page.getByRole('region', { name: 'revision 1', exact: true })
  await made.getByText('ada made it').waitFor()
  await made.getByRole('button', { name: 'Bring back revision 1' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('.came', { hasText: '^nothing' }).waitFor()
  await dialog.getByRole('button', { name: 'Bring back revision 1' }).click()
  await page.getByRole('region', { name: 'revision 3', exact: true }).getByText('Present').waitFor()
  expect(await read(page, id)).toMatchObject({ revision: 3, filter: { alias: { $regex: '^nothing' } } })
  await page.context().close()
})

test('of two who edit, the one who saves last sees both changes, and nothing is lost until one is chosen', async () => {
  const { page: mine } = await browser.visit()
  const { page: theirs } = await browser.visit()
  for (const page of [mine, theirs]) await browser.signIn(page)
  const id = await make(mine, 'Edited by two')
  for (const page of [mine, theirs]) {
    await page.goto(`/automations/${id}/edit?step=details`)
    await page.getByRole('heading', { level: 1, name: 'Edit Edited by two' }).waitFor()
  }
  await mine.getByLabel('Description (optional)').fill('what I mean')
  await theirs.getByLabel('Description (optional)').fill('what they mean')
  await theirs.getByLabel('Automation name').fill('Renamed by them')
  await theirs.getByRole('button', { name: 'Save changes' }).click()
  await theirs.getByRole('heading', { level: 1, name: 'Renamed by them', exact: true }).waitFor()

  await mine.getByRole('button', { name: 'Save changes' }).click()
  const dialog = mine.getByRole('dialog', { name: 'Somebody changed this meanwhile' })
  await dialog.getByText('Changed by ada').waitFor()
  await dialog.getByText('You and they both changed the description.').waitFor()
  await dialog.getByRole('region', { name: 'Mine' }).locator('.came', { hasText: 'what I mean' }).waitFor()
  await dialog.getByRole('region', { name: 'Theirs' }).locator('.came', { hasText: 'what they mean' }).waitFor()
  await dialog.getByRole('region', { name: 'Theirs' }).locator('.came', { hasText: 'Renamed by them' }).waitFor()
  await expectAccessible(mine, 'two changes beside each other')
  await dialog.getByRole('button', { name: 'Go on editing' }).click()
  await mine.reload()
  expect(await mine.getByLabel('Description (optional)').inputValue()).toBe('what I mean')
  await mine.getByRole('button', { name: 'See the difference' }).click()
  await dialog.getByRole('button', { name: 'Keep mine' }).click()
  await mine.getByRole('heading', { level: 1, name: 'Renamed by them', exact: true }).waitFor()
  expect(await read(mine, id)).toMatchObject({ name: 'Renamed by them', description: 'what I mean', revision: 3 })

  await theirs.goto(`/automations/${id}/edit?step=details`)
  await theirs.getByLabel('Automation name').fill('Renamed again')
  await change(mine, id, { revision: 3, name: 'Renamed by me' })
  await theirs.getByRole('button', { name: 'Save changes' }).click()
  await theirs.getByRole('dialog').getByRole('button', { name: 'Take theirs' }).click()
  await theirs.getByRole('heading', { level: 1, name: 'Renamed by me', exact: true }).waitFor()
  await theirs.goto(`/automations/${id}/edit?step=details`)
  await expect.poll(() => theirs.getByLabel('Automation name').inputValue()).toBe('Renamed by me')
  for (const page of [mine, theirs]) await page.context().close()
})

test('automations that are ticked are switched and deleted together; what is refused is told, and does not stop the others', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const names = ['Batch one', 'Batch two', 'Batch three']
  const ids: string[] = []
  for (const name of names) ids.push(await make(page, name))
  await page.goto('/automations?q=batch')
  await page.getByRole('checkbox', { name: 'Select Batch one' }).check()
  await page.getByRole('checkbox', { name: 'Select Batch two' }).check()
  const bar = page.getByRole('region', { name: 'Selection' })
  await bar.getByText('2 selected').waitFor()
  await bar.getByRole('button', { name: 'Disable' }).click()
  await page.getByText('2 automations are off.').waitFor()
  // It is offered for as long as somebody is at it.
  await page.getByRole('button', { name: 'Undo' }).focus()
  await expectAccessible(page, 'ticked automations')
  expect(await enabled(page, ids)).toEqual([false, false, true])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => enabled(page, ids)).toEqual([true, true, true])

  await page.getByRole('checkbox', { name: 'Select all that are shown' }).check()
  await page.request.delete(`/api/v1/automations/${ids[1]}`)
  await bar.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete 3 automations?' })
  await dialog.getByText('Deliveries in progress go on').waitFor()
  await dialog.getByRole('button', { name: 'Delete 3 automations' }).click()
  const refused = page.getByRole('alert')
  await refused.getByText('1 automation was left as it is').waitFor()
  await refused.getByText('Batch two').waitFor()
  await page.getByText('No automations match these filters.').waitFor()
  await page.context().close()
})

test('the switch of a row acts at once and is undone; a duplicate is made from the menu, and its deletion says what goes on', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const id = await make(page, 'Twin')
  await page.goto('/automations?q=twin')
  const on = page.getByRole('switch', { name: 'Twin, on' })
  await on.press('Space')
  await page.getByText('Twin is off. Events go unanswered while it is off.').waitFor()
  expect(await enabled(page, [id])).toEqual([false])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => enabled(page, [id])).toEqual([true])

  await page.getByRole('button', { name: 'Actions of Twin' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('heading', { level: 1, name: 'Create automation' }).waitFor()
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.getByLabel('Action type').waitFor()
  await page.getByRole('button', { name: 'Next step' }).click()
  expect(await page.getByLabel('Automation name').inputValue()).toBe('Twin (copy)')
  await page.getByRole('button', { name: 'Create automation' }).click()
  await page.getByRole('heading', { level: 1, name: 'Twin (copy)' }).waitFor()
  await page.getByRole('button', { name: 'Actions of Twin (copy)' }).click()
  await page.getByRole('menuitem', { name: 'Delete automation' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete Twin (copy)?' })
  await dialog.getByText('No delivery of it is in progress.').waitFor()
  await dialog.getByRole('button', { name: 'Delete automation' }).click()
  await page.getByRole('heading', { level: 1, name: 'Automations' }).waitFor()
  await page.context().close()
})

test('a viewer is offered to create an automation nowhere, by no key either', async () => {
  const { page: ada } = await browser.visit()
  await browser.signIn(ada)
  const person = { name: 'wim', password: browser.password }
  const made = [
    await ada.request.post('/api/v1/organizations/example/people', { data: person }),
    await ada.request.put('/api/v1/teams/vision/members/wim', { data: { role: 'viewer' } }),
  ]
  expect(made.map((answer) => answer.ok())).toEqual([true, true])
  const { page } = await browser.visit()
  await browser.signIn(page, 'wim')
  const offered = ['Create automation', 'Create automation from this']
  for (const address of [
    '/overview',
    '/automations',
    '/registries/models?tab=automations',
    `/events/${browser.story.event}`,
  ]) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('Deploy to production').or(page.getByText('Needs attention')).first().waitFor()
    for (const name of offered) expect(await page.getByRole('link', { name }).count(), `${name} on ${address}`).toBe(0)
  }
  await page.goto('/automations')
  await page.getByRole('button', { name: 'Actions of Deploy to production' }).click()
  await page.getByRole('menuitem', { name: 'Execution history' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Duplicate' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await page.keyboard.press('c')
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await keys.getByRole('listitem').first().waitFor()
  expect(await keys.getByRole('listitem').filter({ hasText: 'Create automation' }).count()).toBe(0)
  for (const one of [ada, page]) await one.context().close()
})

test('a preset that replaces a payload is undone, Tab leaves the editor, and how many mistakes there are is told', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const id = await make(page, 'Presets')
  await page.goto(`/automations/${id}/edit?step=action`)
  await page.getByLabel('Action type').selectOption('Webhooks')
  await chooseWebhook(page, 'example receiver')
  const editor = page.getByRole('textbox', { name: 'Payload' })
  await page.locator('.cm-content').fill('{"a": "${alias", "by": "mine"}')
  await page.getByRole('status').getByText('There is one mistake').waitFor()
  const focused = page.locator('.cm-content:focus')
  await editor.focus()
  expect(await focused.count()).toBe(1)
  await editor.press('Tab')
  expect(await focused.count()).toBe(0)
  await page.getByRole('button', { name: 'Preset' }).click()
  await page.getByRole('menuitem').first().click()
  await page.getByRole('status').getByText('No mistakes.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('status').getByText('There is one mistake').waitFor()
  expect(await page.locator('.cm-content').textContent()).toBe('{"a": "${alias", "by": "mine"}')
  await page.context().close()
})

async function enabled(page: Page, ids: readonly string[]): Promise<unknown[]> {
  return Promise.all(ids.map(async (id) => ((await read(page, id)) as { readonly enabled: boolean }).enabled))
}

async function make(page: Page, name: string): Promise<string> {
  const place = encodeURIComponent('example/wandb-registry-models')
  const made = await page.request.post(`/api/v1/projects/${place}/automations`, {
    data: {
      name,
      event_type: 'ADD_ARTIFACT_ALIAS',
      filter: { alias: { $regex: '^nothing' } },
      action: { type: 'no_op' },
    },
  })
  expect(made.status()).toBe(201)
  return ((await made.json()) as { readonly id: string }).id
}

async function change(page: Page, id: string, data: object): Promise<void> {
  expect((await page.request.patch(`/api/v1/automations/${id}`, { data })).status()).toBe(200)
}

async function read(page: Page, id: string): Promise<unknown> {
  return (await page.request.get(`/api/v1/automations/${id}`)).json()
}
