import type { Page, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { addressesOf } from './addresses.ts'
import { useBrowser } from './use-browser.ts'

// Whatever a page waits for, and whatever is refused, it is a page: with its heading, and with something to do.

const browser = useBrowser()

/** Those that ask the server for something beside who one is. */
const addresses = () => addressesOf(browser.story).filter(([address]) => address !== '/nowhere')

test('while the server takes its time every page has its heading, shows where what is awaited will stand, and never a lonely wheel', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await answerAll(page, () => new Promise(() => undefined))
  const missing: string[] = []
  for (const [address] of addresses()) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const awaited = page.locator('main [aria-busy=true], main [aria-label=Loading]').first()
    if (!(await awaited.isVisible())) missing.push(address)
    expect(await page.locator('main .mantine-Loader-root').filter({ visible: true }).count(), address).toBe(0)
  }
  expect(missing).toEqual([])
  await page.context().close()
})

test('what the server refuses every page tells in its own place, with a way to try again', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  // One that would be tried again by itself first takes its time.
  const problem = { type: 'about:blank', title: 'Not now', status: 429, detail: 'Too many requests.' }
  await answerAll(page, (route) =>
    route.fulfill({ status: 429, contentType: 'application/problem+json', json: problem }),
  )
  const missing: string[] = []
  for (const [address] of addresses()) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const told = page.locator('main').getByRole('alert').filter({ hasText: 'Not now' })
    const again = told.getByRole('button', { name: 'Try again' }).first()
    await again.waitFor({ timeout: 10_000 }).catch(() => missing.push(address))
  }
  expect(missing).toEqual([])
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await page.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' })
  await page.context().close()
})

test('what cannot be reached is tried again by itself, and told within a few seconds', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  let asked = 0
  await page.route(/\/api\/v1\/deliveries\?/, (route) => {
    asked++
    return route.fulfill({ status: 503, body: '' })
  })
  await page.goto('/history')
  await page.locator('main').getByRole('button', { name: 'Try again' }).waitFor()
  expect(asked).toBe(3)
  await page.context().close()
})

/** Everything but who one is, and the stream. */
async function answerAll(page: Page, answer: (route: Route) => Promise<unknown>): Promise<void> {
  await page.route(/\/api\/v1\/(?!me$|stream|session)/, async (route) => {
    if (route.request().method() === 'GET') await answer(route)
    else await route.continue()
  })
}
