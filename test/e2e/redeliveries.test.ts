import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

interface Made {
  readonly webhook: string
  record(count: number): Promise<void>
}

test('what failed while a receiver was away is redelivered from its history, and the bar says how far it is', async () => {
  const { page, complaints } = await browser.visit()
  await browser.signIn(page)
  const { webhook } = await failThree(page, 'first')
  await page.goto(`/history?webhook=${webhook}`)
  await page.getByRole('button', { name: 'Redeliver failed…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Redeliver 3 failed deliveries?' })
  await dialog.getByText('to example receiver').waitFor()
  await dialog.getByText('takes about 1.0 s').waitFor()
  await dialog.getByLabel('Speed, per second').fill('1')
  await dialog.getByText('takes about 3.0 s').waitFor()
  await expectAccessible(page, 'Redeliver failed…')
  await dialog.getByRole('button', { name: 'Redeliver 3' }).click()
  const bar = page.getByRole('region', { name: 'Redelivery' })
  await bar.getByRole('button', { name: 'Pause' }).click()
  await bar.getByText('Redelivery to example receiver is paused').waitFor()
  await expectAccessible(page, 'the bar of a redelivery')
  await page.goto('/overview')
  await bar.getByRole('button', { name: 'Resume' }).click()
  await page.reload()
  await bar.getByText('Redelivered to example receiver: 3 of 3, 3 delivered, 0 failed').waitFor()
  await bar.getByRole('link', { name: 'Show' }).click()
  await page.getByRole('region', { name: 'History' }).getByText('Delivered').nth(2).waitFor()
  await bar.getByRole('button', { name: 'Put away' }).click()
  await bar.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('of more than a thousand at once the name has to be typed', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const told = { count: 1_500, oldest: '2026-11-23T12:00:00Z', newest: '2026-11-23T14:00:00Z' }
  await page.route('**/api/v1/redelivery-estimates', (route) =>
    route.fulfill({ json: { ...told, rate_per_second: 20, seconds: 75 } }),
  )
  await page.route('**/api/v1/cancellation-estimates', (route) => route.fulfill({ json: told }))
  await page.goto('/history')
  for (const [opens, role, title, verb] of [
    ['Redeliver failed…', 'dialog', 'Redeliver 1,500 failed deliveries?', 'Redeliver 1,500'],
    ['Cancel waiting…', 'alertdialog', 'Cancel 1,500 waiting deliveries?', 'Cancel 1,500 deliveries'],
  ] as const) {
    await page.getByRole('button', { name: opens }).click()
    const dialog = page.getByRole(role, { name: title })
    const go = dialog.getByRole('button', { name: verb })
    await go.waitFor()
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByLabel('Type vision to go on').fill('visio')
    expect(await go.isDisabled()).toBe(true)
    await dialog.getByLabel('Type vision to go on').fill('vision')
    expect(await go.isEnabled()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
  await page.context().close()
})

test('a paused webhook says how many wait, and all of them are cancelled from its menu', async () => {
  const { page } = await browser.visit({ viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
  await browser.signIn(page)
  const { webhook, record } = await failThree(page, 'second')
  expect((await page.request.post(`/api/v1/webhooks/${webhook}/pause`)).status()).toBe(200)
  await record(2)
  await page.goto('/teams/vision/webhooks')
  await page.getByText('2 deliveries wait.').waitFor()
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Cancel waiting…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Cancel 2 waiting deliveries?' })
  await expectAccessible(page, 'Cancel waiting…')
  await dialog.getByRole('button', { name: 'Cancel 2 deliveries' }).click()
  await page.getByText('Nothing waits.').waitFor()
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Redeliver failed…' }).click()
  await page.getByRole('dialog', { name: 'Redeliver 3 failed deliveries?' }).waitFor()
  await expectAccessible(page, 'Redeliver failed… on a narrow, dark screen')
  await page.context().close()
})

/** The receiver is away for three events, and there again. */
async function failThree(page: Page, project: string): Promise<Made> {
  const ask = async (method: string, path: string, data?: unknown): Promise<any> => {
    const answer = await page.request.fetch(`/api/v1${path}`, { method, ...(data === undefined ? {} : { data }) })
    expect(answer.status(), `${method} ${path} ${await answer.text()}`).toBeLessThan(300)
    return answer.json()
  }
  const [{ id, url, revision }] = (await ask('GET', '/teams/vision/webhooks')).items
  const retry = { attempts_max: 1, delay_ms_min: 10, delay_ms_max: 10 }
  await ask('PATCH', `/webhooks/${id}`, { revision, retry, timeout_ms: 500, url: 'https://away.invalid/' })
  await ask('POST', '/projects', { team: 'vision', name: project })
  await ask('POST', `/projects/${project}/automations`, {
    name: `Tell of ${project}`,
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: id, template: '{}' },
  })
  const record = async (count: number) => {
    for (let number = 0; number < count; number++)
      await ask('POST', `/projects/${project}/events`, { name: 'evaluation.finished' })
  }
  await record(3)
  await expect
    .poll(async () => (await ask('POST', '/redelivery-estimates', { webhook: id })).count, { timeout: 15_000 })
    .toBe(3)
  await ask('PATCH', `/webhooks/${id}`, { revision: revision + 1, url, timeout_ms: 30_000 })
  return { webhook: id, record }
}
