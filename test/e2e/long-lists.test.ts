import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()
const demo = '/api/v1/projects/vision%2Fdemo'
const batchMax = 1000
let page: Page
let automation: string

/** Of an automation that sends nothing: its deliveries have ended when they are made. */
beforeAll(async () => {
  ;({ page } = await browser.visit())
  await browser.signIn(page)
  const settings = { name: 'note all', event_type: 'CUSTOM', action: { type: 'no_op' } }
  automation = (await post('automations', settings)).id
  await happen(batchMax)
}, 120_000)

async function happen(count: number): Promise<void> {
  const events = Array.from({ length: count }, (_, index) => ({ name: 'evaluated', subject: String(index) }))
  await post('events/batch', { events })
}

async function post(path: string, data: unknown): Promise<{ readonly id: string }> {
  const answer = await page.request.post(`${demo}/${path}`, { data })
  expect(answer.status(), await answer.text()).toBeLessThan(300)
  return (await answer.json()) as { id: string }
}

const rows = () => page.locator('[data-row]')

/** The link of the first row that can be seen, where it stands, and the link of the row above it. */
async function firstSeen(): Promise<{
  readonly href: string
  readonly top: number
  readonly above: string | undefined
}> {
  return rows().evaluateAll((all) => {
    const at = all.findIndex((row) => row.getBoundingClientRect().bottom > 60)
    const hrefs = all.map((row) => row.querySelector('a')?.getAttribute('href') ?? undefined)
    return { href: hrefs[at]!, top: all[at]!.getBoundingClientRect().top, above: hrefs[at - 1] }
  })
}

const placeOf = (at: Page) => new URL(at.url()).searchParams.get('after')

async function scrollDownTo(rowIndex: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 20_000)
        return Number(await rows().last().getAttribute('aria-rowindex'))
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(rowIndex)
}

/** Until the window rests: the address names the row above the first one that is seen. */
async function waitUntilKept(): Promise<void> {
  await expect.poll(async () => (await firstSeen()).above?.endsWith(String(placeOf(page)))).toBe(true)
}

test('of thousands of rows only those near the window are in the document, and each says which it is', async () => {
  await page.goto(`/history?automation=${automation}`)
  await rows().first().waitFor()
  expect(await rows().count()).toBeLessThanOrEqual(100)
  await page.mouse.move(600, 500)
  await scrollDownTo(400)
  expect(await rows().count()).toBeLessThan(120)
  const table = page.getByRole('table')
  expect(await table.getAttribute('aria-rowcount')).toBe('-1')
  const indexes = await rows().evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))))
  expect(indexes).toEqual(indexes.map((_, at) => indexes[0]! + at))
  await expectAccessible(page, 'a long list')
})

test('a row that has the focus stays, and keys go on from it', async () => {
  await page.goto(`/history?automation=${automation}`)
  await rows().first().waitFor()
  await scrollDownTo(300)
  const focused = page.locator('[data-row]:focus')
  await rows().nth(20).focus()
  const index = Number(await focused.getAttribute('aria-rowindex'))
  await scrollDownTo(400)
  expect(await focused.getAttribute('aria-rowindex')).toBe(String(index))
  await waitUntilKept()
  await page.keyboard.press('j')
  await expect.poll(() => focused.getAttribute('aria-rowindex')).toBe(String(index + 1))
  expect(await focused.evaluate((row) => row.getBoundingClientRect().top)).toBeGreaterThan(0)
})

test('a live change is one small request, whatever is loaded, and moves no row that is looked at', async () => {
  await page.goto(`/history?automation=${automation}`)
  await rows().first().waitFor()
  await scrollDownTo(400)
  await waitUntilKept()
  const before = await firstSeen()
  const asked: string[] = []
  const note = (request: { url(): string }) => {
    const { pathname, search } = new URL(request.url())
    if (pathname === '/api/v1/deliveries') asked.push(search)
  }
  page.on('request', note)
  await happen(1)
  await page.getByRole('button', { name: '1 new delivery' }).waitFor()
  page.off('request', note)
  expect(asked.length).toBeLessThanOrEqual(2)
  expect(asked.filter((search) => search.includes('cursor'))).toEqual([])
  expect(await firstSeen()).toEqual(before)
  await page.getByRole('button', { name: '1 new delivery' }).click()
  await expect.poll(() => page.evaluate('window.scrollY')).toBe(0)
  expect((await firstSeen()).href).not.toBe(before.href)
})

test('the address keeps the place: after a reload, on the way back, and for somebody else', async () => {
  await page.goto(`/history?automation=${automation}`)
  await rows().first().waitFor()
  await scrollDownTo(300)
  await waitUntilKept()
  const { href } = await firstSeen()
  const address = page.url()
  await page.locator(`[data-row] a[href="${href}"]`).evaluate((link) => link.click())
  await page.getByRole('heading', { level: 1, name: /note all/ }).waitFor()
  await page.goBack()
  await expect.poll(async () => (await firstSeen().catch(() => undefined))?.href).toBe(href)
  await page.reload()
  await expect.poll(async () => (await firstSeen().catch(() => undefined))?.href).toBe(href)
  const { page: other } = await browser.visit()
  await browser.signIn(other)
  await other.goto(address)
  await expect.poll(() => other.locator('[data-row] a').first().getAttribute('href')).toBe(href)
  await other.getByRole('button', { name: 'Show the newest' }).click()
  await expect.poll(() => other.locator('[data-row] a').first().getAttribute('href')).not.toBe(href)
  await expect.poll(() => placeOf(other)).toBeNull()
  await other.goto(`/history?automation=${automation}&after=rubbish`)
  await other.locator('[data-row]').first().waitFor()
  await other.context().close()
})

test('events and the audit log are long lists of the same kind', async () => {
  const { id } = (await (await page.request.get(demo)).json()) as { id: string }
  await page.goto(`/events?place=${id}`)
  await rows().first().waitFor()
  await scrollDownTo(300)
  await expect.poll(() => placeOf(page)).toMatch(/^evt_/)
  expect(await rows().count()).toBeLessThan(120)
  await page.goto('/teams/vision/audit')
  await page.getByRole('region', { name: 'Audit log' }).waitFor()
  await page.getByLabel('Who').fill('ada')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('?who=ada')
  await rows().first().waitFor()
})
