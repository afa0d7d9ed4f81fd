import { expect, test } from 'vitest'
import { expectNothingCut, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

test('at 200 % zoom it is found out why something did not fire: from the model, the automation, the search and the events', async () => {
  // What a window of 1280 by 800 is, once everything in it is twice as large.
  const { page } = await browser.visit({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 })
  await browser.signIn(page)
  const why = page.getByText(/alias is "prodution"/).first()
  const arrive = async (name: string): Promise<void> => {
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
    await waitUntilLoaded(page)
    await expectNothingCut(page, name)
  }
  const go = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Open navigation' }).click()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
    await arrive(name)
  }
  await go('Registries')
  await page.getByRole('link', { name: 'models', exact: true }).click()
  await arrive('models')
  await page.getByRole('link', { name: 'churn-model' }).click()
  await arrive('churn-model')
  await page.getByRole('button', { name: 'Open v0' }).click()
  const drawer = page.getByRole('dialog', { name: 'churn-model v0' })
  await drawer.getByLabel('Alias', { exact: true }).fill('prodution')
  await drawer.getByRole('button', { name: 'Add alias' }).click()
  await why.scrollIntoViewIfNeeded()
  await expectNothingCut(page, 'the drawer of a version')
  await drawer.getByRole('button', { name: 'Close' }).click()

  await go('Automations')
  await page.getByRole('link', { name: 'Deploy to production' }).click()
  await arrive('Deploy to production')
  await why.scrollIntoViewIfNeeded()

  await page.getByRole('button', { name: 'Search or jump to' }).click()
  const menu = page.getByRole('dialog', { name: 'Search or jump to' })
  await menu.getByRole('combobox').fill('churn')
  await menu
    .getByRole('option', { name: /wandb-registry-models/ })
    .first()
    .waitFor()
  await expectNothingCut(page, 'the search')
  await page.keyboard.press('Escape')

  await go('Events')
  await page.getByLabel('Project or registry').selectOption({ label: 'example/wandb-registry-models' })
  const event = 'An artifact alias is added: prodution'
  await page.getByRole('link', { name: event }).click()
  await arrive(event)
  await why.scrollIntoViewIfNeeded()
  const { x, y, height } = (await why.boundingBox())!
  const seen = await page.evaluate<string>(`document.elementFromPoint(${x + 4}, ${y + height / 2}).textContent`)
  expect(seen, 'nothing lies over the reason').toContain('alias is "prodution"')
  await page.context().close()
})
