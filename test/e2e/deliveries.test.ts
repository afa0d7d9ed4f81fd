import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { waitFor } from '../support/wait-for.ts'
import { expectAccessible, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

/** Deliveries that wait for their next attempt after this many. */
let waiting: { readonly far: string; readonly folded: string }
let other: string

async function ask(page: Page, method: string, path: string, data?: unknown): Promise<any> {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, ...(data === undefined ? {} : { data }) })
  expect(answer.status(), `${method} ${path} ${await answer.text()}`).toBeLessThan(300)
  return answer.json()
}

beforeAll(async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await ask(page, 'POST', '/projects', { team: 'vision', name: 'evaluations' })
  const make = async (name: string, retry: object): Promise<string> => {
    const { id } = await ask(page, 'POST', '/teams/vision/webhooks', { name, url: 'https://away.invalid/', retry })
    await ask(page, 'POST', '/projects/evaluations/automations', {
      name: `Tell ${name}`,
      event_type: 'CUSTOM',
      filter: { name },
      action: { type: 'webhook', webhook: id, template: '{"name": "${event_name}"}' },
    })
    const { id: event } = await ask(page, 'POST', '/projects/evaluations/events', { name })
    return (await ask(page, 'GET', `/deliveries?event=${event}`)).items[0].id
  }
  waiting = {
    far: await make('far', { attempts_max: 3, delay_ms_min: 3_600_000, delay_ms_max: 3_600_000 }),
    folded: await make('folded', { attempts_max: 6, delay_ms_min: 10, delay_ms_max: 10 }),
  }
  const ended = (id: string, attempts: number) =>
    waitFor(`${attempts} attempts`, async () => {
      const found = await ask(page, 'GET', `/deliveries/${id}`)
      return found.attempts === attempts && found.state !== 'sending' ? found : undefined
    })
  await ended(waiting.far, 1)
  await ended(waiting.folded, 6)
  const { url } = (await ask(page, 'GET', '/teams/vision/webhooks')).items.at(-1)
  other = (await ask(page, 'POST', '/teams/vision/webhooks', { name: 'another', url })).name
  await page.context().close()
})

test('of many attempts one is chosen by click and by arrows, the address follows, and the panel folds those between', async () => {
  const { page, complaints } = await browser.visit()
  await browser.signIn(page)
  await page.goto(`/deliveries/${waiting.folded}`)
  await page.getByText(/^Given up|^It was not delivered/).waitFor()
  const path = page.getByRole('region', { name: 'Path of this delivery' })
  expect(await path.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Event/),
    expect.stringMatching(/^Matched/),
    expect.stringMatching(/^Payload/),
    expect.stringMatching(/^Attempt 1/),
    expect.stringMatching(/^2 more/),
    expect.stringMatching(/^Attempt 4/),
    expect.stringMatching(/^Attempt 5/),
    expect.stringMatching(/^Attempt 6/),
    expect.stringMatching(/^Failed/),
  ])
  const chosen = (number: number) => page.getByRole('region', { name: `Attempt ${number}`, exact: true })
  await chosen(6).waitFor()
  const attempts = page.getByRole('region', { name: 'Attempts', exact: true })
  await attempts.getByRole('button', { name: /^2 · Name not found/ }).click()
  await chosen(2).waitFor()
  await page.keyboard.press('ArrowDown')
  await chosen(3).waitFor()
  expect(new URL(page.url()).search).toBe('?attempt=3&tab=response')
  await chosen(3).getByRole('tab', { name: 'Signature' }).click()
  await page.reload()
  await chosen(3).getByRole('tabpanel').waitFor()
  expect(await chosen(3).getByRole('tab', { name: 'Signature' }).getAttribute('aria-selected')).toBe('true')
  for (const phase of ['Name', 'Connect', 'TLS', 'First byte', 'Body'])
    await chosen(3)
      .getByText(new RegExp(`^${phase} [\\d.]+ m?s$`))
      .waitFor()
  await attempts.getByText('Same scale').click()
  await waitUntilLoaded(page)
  await expectAccessible(page, 'a delivery with many attempts')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('retries are cancelled, and while the next one is far off that can be undone', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto(`/deliveries/${waiting.far}`)
  await page.getByText('2 attempts are left').waitFor()
  await page.getByRole('button', { name: 'Cancel retries' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Try now' }).waitFor()
  await expect.poll(() => page.getByRole('button', { name: 'Cancel retries' }).isEnabled()).toBe(true)
  expect((await ask(page, 'GET', `/deliveries/${waiting.far}`)).state).toBe('waiting')
  await page.getByRole('button', { name: 'Cancel retries' }).click()
  await page.getByRole('status').getByRole('button', { name: 'Close' }).click()
  await page.getByText('Cancelled by ada.').waitFor()
  await page.context().close()
})

test('the same payload goes to another webhook, and each of the two deliveries leads to the other', async () => {
  const { page, complaints } = await browser.visit({ viewport: { width: 360, height: 800 }, colorScheme: 'dark' })
  await browser.signIn(page)
  await page.goto(`/deliveries/${waiting.folded}`)
  await page.getByRole('button', { name: 'Redeliver in another way' }).click()
  await page.getByRole('menuitem', { name: 'Redeliver to another webhook…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Redeliver to another webhook?' })
  await dialog.getByLabel('Webhook', { exact: true }).selectOption(other)
  await expectAccessible(page, 'the choice of another webhook')
  await dialog.getByRole('button', { name: 'Redeliver' }).click()
  await page.getByRole('heading', { level: 1, name: 'Tell folded → another' }).waitFor()
  await page.getByRole('link', { name: waiting.folded }).click()
  await page.getByText('Redelivered as').waitFor()
  await waitUntilLoaded(page)
  await expectAccessible(page, 'a delivery on a narrow, dark screen')
  expect(complaints).toEqual([])
  await page.context().close()
})
