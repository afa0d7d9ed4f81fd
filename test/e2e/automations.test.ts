import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from './use-browser.ts'

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
