import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

async function ask(page: Page, method: 'get' | 'post', path: string, data?: object): Promise<any> {
  const answer = await page.request[method](`/api/v1${path}`, { headers: { origin: browser.url }, data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

const names = (page: Page) => page.locator('tr[data-row] td[data-card=name] a').allTextContents()

test('automations are narrowed down and sorted by what the address says, which the page writes there', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const off = { name: 'Asleep', event_type: 'CUSTOM', action: { type: 'no_op' }, enabled: false }
  const { scope } = await ask(page, 'post', '/projects/demo/automations', off)
  await page.goto('/automations')
  await page.getByLabel('State').selectOption('Off')
  await expect.poll(() => names(page)).toEqual(['Asleep'])
  await page.getByLabel('Scope').selectOption('vision/demo')
  await expect.poll(() => new URL(page.url()).search).toBe(`?scope=${scope.id}&state=off`)
  await page.reload()
  await expect.poll(() => page.getByLabel('State').inputValue()).toBe('off')
  await expect.poll(() => names(page)).toEqual(['Asleep'])

  await page.goto('/automations?state=odd&scope=x&sort=rubbish&webhook=whk_x&mine=maybe')
  await expect.poll(() => names(page)).toEqual(['Asleep', 'Deploy to production'])
  const head = page.getByRole('columnheader', { name: 'Last execution' })
  expect(await head.getAttribute('aria-sort')).toBe('none')
  await head.getByRole('button').click()
  await expect.poll(() => names(page)).toEqual(['Deploy to production', 'Asleep'])
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  await head.getByRole('button').click()
  await expect.poll(() => names(page)).toEqual(['Asleep', 'Deploy to production'])
  expect(new URL(page.url()).search).toContain('sort=last_delivery')
  await expectAccessible(page, 'the list of automations')
  await page.context().close()
})

test('history finds text of payloads, tells where it looked, and an id that is pasted opens what it names', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const { payload } = await ask(page, 'get', `/deliveries/${browser.story.delivery}`)
  await page.goto('/history')
  const field = page.getByLabel('Id, or text in payload or answer')
  await field.fill('ab')
  await page.getByText('Type 3 characters or more.').waitFor()
  await field.fill(String(payload).slice(2, 14))
  await page.getByText('Secrets are not looked into.').waitFor()
  await expect.poll(() => page.getByLabel('Since').inputValue()).toBe('24h')
  await expect.poll(async () => (await names(page)).length).toBeGreaterThan(0)
  expect(await page.getByRole('button', { name: 'Redeliver failed…' }).count()).toBe(0)
  await field.fill('nothing has these words')
  await page.getByText('No deliveries match these filters.').waitFor()
  await expectAccessible(page, 'a search that found nothing')
  await page.getByLabel('Response').selectOption('5xx')
  await expect.poll(() => new URL(page.url()).searchParams.get('code')).toBe('5xx')
  await field.fill(browser.story.delivery)
  await page.waitForURL(`**/deliveries/${browser.story.delivery}`)
  await page.context().close()
})

test('the overview begins with events, lists the webhooks, and mends what it complains of', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const { items } = await ask(page, 'get', '/teams/vision/webhooks')
  await ask(page, 'post', `/webhooks/${items[0].id}/pause`)
  await page.goto('/overview')
  const trouble = page.getByRole('region', { name: 'Needs attention' })
  await trouble.getByRole('link', { name: 'example receiver is paused' }).waitFor()
  await expectAccessible(page, 'an overview with a trouble')
  await trouble.getByRole('button', { name: 'Resume: example receiver' }).click()
  await trouble.getByText('All clear. Nothing needs you.').waitFor()
  const row = page.getByRole('region', { name: 'Webhooks' }).getByRole('row', { name: 'example receiver' }).first()
  await row.getByRole('img', { name: /deliver.* of the last 24 hours ended/ }).waitFor()
  await page
    .getByRole('region', { name: 'Now' })
    .getByRole('link', { name: /Matched \d+/ })
    .click()
  await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor()
  expect(new URL(page.url()).search).toContain('result=fired')
  await page.context().close()
})

test('registries and projects tell what is in them; a webhook and an automation without deliveries say what to do', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  for (const [path, name] of [
    ['/registries', 'models'],
    ['/projects', 'demo'],
  ] as const) {
    await page.goto(path)
    const row = page.getByRole('row', { name })
    await row.getByRole('link', { name, exact: true }).waitFor()
    expect(await row.getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['1']))
    await waitUntilLoaded(page)
    await expectAccessible(page, path)
  }
  const idle = { name: 'Idle', event_type: 'CUSTOM', filter: { name: 'never' }, action: { type: 'no_op' } }
  const { id } = await ask(page, 'post', '/projects/demo/automations', idle)
  await page.goto(`/automations/${id}?tab=history`)
  await page.getByRole('link', { name: 'Go to the place that it watches' }).click()
  await page.getByRole('heading', { level: 1, name: 'demo' }).waitFor()
  await page.getByRole('tab', { name: 'Runs' }).click()
  await page.getByRole('tabpanel').getByRole('button', { name: 'Artifacts' }).click()
  await expect.poll(() => page.getByRole('tab', { name: 'Artifacts' }).getAttribute('aria-selected')).toBe('true')
  await page.context().close()
})
