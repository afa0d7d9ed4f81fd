import { expect, test } from 'vitest'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test.each([
  ['/automations', 'Automations', 'Deploy to production'],
  ['/history', 'History', 'Deploy to production → example receiver'],
  ['/teams/vision/webhooks', 'Webhooks', 'example receiver'],
])(
  'at 360 px the rows of %s are cards: nothing is scrolled to, and they are a table to who hears it',
  async (path, label, name) => {
    const { page } = await browser.visit({ viewport: { width: 360, height: 800 } })
    await browser.signIn(page)
    await page.goto(path)
    const list = page.getByRole('region', { name: label })
    const row = list.getByRole('table').getByRole('row').nth(1)
    const cells = row.getByRole('cell')
    await row.getByRole('cell', { name }).first().waitFor()
    const { x, width } = (await list.boundingBox())!
    const boxes = await Promise.all((await cells.all()).map((cell) => cell.boundingBox()))
    const shown = boxes.filter((box) => box !== null)
    for (const box of shown) expect(box.x + box.width).toBeLessThanOrEqual(x + width)
    const [first] = shown.map((box) => box.y + box.height).toSorted((a, b) => a - b)
    expect(shown.some((box) => box.y >= first!)).toBe(true)
    await page.context().close()
  },
)

test('the menu finds things by a part of their names, opens what is pasted, and remembers where one was', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const menu = page.getByRole('dialog', { name: 'Search or jump to' })
  const field = menu.getByRole('combobox', { name: 'Search or jump to' })
  await page.keyboard.press('Control+k')
  await field.pressSequentially('O PROD')
  await menu.getByRole('option', { name: /^Deploy to production automation/, selected: true }).waitFor()
  await field.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Deploy to production' }).waitFor()
  expect(await page.title()).toBe('Deploy to production · automation · Signalbox')
  await page.locator('h1:focus').waitFor()

  await page.keyboard.press('/')
  await menu.getByRole('group', { name: 'Recent' }).getByRole('option', { name: 'Deploy to production' }).waitFor()
  await field.fill('example rec')
  await menu.getByRole('option', { name: /^example receiver webhook/ }).waitFor()
  await field.fill('churn')
  expect(await menu.getByRole('option', { name: /^churn-model collection/ }).count()).toBeLessThanOrEqual(2)
  await menu.getByRole('option', { name: 'churn-model collection · example/wandb-registry-models' }).click()
  await page.getByRole('heading', { level: 1, name: 'churn-model' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/registries/models/churn-model')

  await page.keyboard.press('Control+k')
  await field.fill(browser.story.delivery)
  await field.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Deploy to production → example receiver' }).waitFor()

  await page.keyboard.press('Control+k')
  await field.fill('nothing of the kind')
  await menu.getByText('Nothing called “nothing of the kind”.').waitFor()
  await field.fill('> new sec')
  await field.press('Enter')
  await page.getByRole('dialog', { name: 'New secret' }).waitFor()
  await page.goBack()
  await page.getByRole('dialog', { name: 'New secret' }).waitFor({ state: 'detached' })
  await page.context().close()
})

test('keys move through rows and pages, none acts while somebody types, and the profile switches them off', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await heading('Automations').waitFor()
  await page.getByRole('row', { name: /Deploy to production/ }).waitFor()
  await page.keyboard.press('f')
  await page.keyboard.type('g h?ce')
  expect(await page.getByLabel('Filter by name').inputValue()).toBe('g h?ce')
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: /Deploy to production/ }).waitFor()
  expect(await page.getByLabel('Filter by name').inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  await page.keyboard.press('.')
  await page.getByRole('menuitem', { name: 'Edit automation' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('tr:focus').waitFor()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await heading('Deploy to production').waitFor()
  await page.keyboard.press('e')
  await heading('Edit Deploy to production').waitFor()

  await page.goto('/teams/vision/webhooks')
  await page.getByRole('row', { name: /example receiver/ }).waitFor()
  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await list.getByRole('listitem').filter({ hasText: 'Test webhook' }).waitFor()
  expect(await list.getByRole('listitem').filter({ hasText: 'Edit' }).count()).toBe(0)
  await page.keyboard.press('c')
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  await page.keyboard.press('j')
  await page.keyboard.press('t')
  await page.getByRole('dialog', { name: 'Test example receiver' }).waitFor()

  await page.goto('/profile')
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).click()
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.keyboard.press('?')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search or jump to' }).waitFor()
  expect(await heading('Profile').count()).toBe(1)
  expect(await list.count()).toBe(0)
  await page.context().close()
})

test('beside its name in the breadcrumbs a collection and its registry have menus of their siblings', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const post = (path: string, data: object) => page.request.post(`/api/v1${path}`, { data })
  const registry = encodeURIComponent('example/wandb-registry-models')
  const made = [
    await post(`/projects/${registry}/collections`, { name: 'fraud-model', type: 'model' }),
    await post('/registries', { organization: 'example', name: 'datasets' }),
  ]
  expect(made.map((answer) => answer.status())).toEqual([201, 201])
  await page.goto('/registries/models/churn-model')
  await page.getByRole('button', { name: 'Switch collection' }).click()
  const filter = page.getByRole('combobox', { name: 'Filter by name' })
  await page.getByRole('option', { name: 'churn-model model' }).waitFor()
  await filter.fill('FRAUD')
  await page.getByRole('option', { name: 'churn-model model' }).waitFor({ state: 'detached' })
  await filter.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'fraud-model' }).waitFor()
  await page.getByRole('button', { name: 'Switch registry' }).click()
  await page.getByRole('option', { name: 'models example' }).waitFor()
  await expectAccessible(page, 'the other registries')
  await page.getByRole('option', { name: 'datasets example' }).click()
  await page.getByRole('heading', { level: 1, name: 'datasets' }).waitFor()
  expect(await page.title()).toBe('datasets · registry · Signalbox')
  await page.context().close()
})

test('how much needs somebody stands in the navigation and before the title, and goes when it is mended', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks')
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
  expect(await page.title()).toBe('Webhooks · Signalbox')
  const choose = async (action: string): Promise<void> => {
    await page.getByRole('button', { name: 'Actions of example receiver' }).click()
    await page.getByRole('menuitem', { name: action }).click()
  }
  await choose('Pause')
  await page.getByRole('link', { name: 'Overview 1 need attention' }).waitFor()
  expect(await page.title()).toBe('(1) Webhooks · Signalbox')
  await choose('Resume')
  await page.getByRole('link', { name: 'Overview', exact: true }).waitFor()
  expect(await page.title()).toBe('Webhooks · Signalbox')
  await page.context().close()
})
