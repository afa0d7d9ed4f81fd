import { expect, test } from 'vitest'
import type { DeliverySummary } from '../../src/contract/delivery.ts'
import { useBrowser } from './use-browser.ts'

const browser = useBrowser()
const rowsMax = 100_000
/** A page of the list is larger than the server's are, so that the end is come to within a test. */
const rowsInAnswer = 10_000
const digits = '0123456789abcdefghjkmnpqrstvwxyz'

test('a history of 100,000 rows is scrolled to its end: few are in the document, memory stays small, and the address keeps the place', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  const answer = await page.request.get('/api/v1/deliveries?team=vision&limit=1')
  const [one] = ((await answer.json()) as { items: readonly DeliverySummary[] }).items
  const idOf = (row: number) =>
    one!.id.slice(0, -4) + [15, 10, 5, 0].map((bits) => digits[((rowsMax - row) >> bits) % 32]).join('')
  const rowOf = (id: string) =>
    rowsMax - [4, 3, 2, 1].reduce((sum, back) => sum * 32 + digits.indexOf(id.at(-back)!), 0)
  await page.route(/\/api\/v1\/deliveries\?/, async (route) => {
    const cursor = new URL(route.request().url()).searchParams.get('cursor')
    const from = cursor === null ? 0 : rowOf(cursor) + 1
    const length = Math.min(cursor === null ? 50 : rowsInAnswer, rowsMax - from)
    const items = Array.from({ length }, (_, index) => ({ ...one, id: idOf(from + index) }))
    await route.fulfill({ json: { items, next: from + length < rowsMax ? items.at(-1)!.id : null } })
  })
  const devtools = await page.context().newCDPSession(page)
  const heapMb = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devtools.send('Runtime.getHeapUsage')
    return usedSize / 1_000_000
  }
  const rows = page.locator('[data-row]')
  await page.goto('/history')
  await rows.first().waitFor()
  await page.mouse.move(700, 500)
  const before = await heapMb()
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 10_000_000)
        return Number(await rows.last().getAttribute('aria-rowindex'))
      },
      { timeout: 90_000 },
    )
    .toBe(rowsMax + 1)
  expect(await rows.count()).toBeLessThan(120)
  expect((await heapMb()) - before).toBeLessThan(100)

  await page.mouse.wheel(0, -30_000)
  const placeOf = () => new URL(page.url()).searchParams.get('after') ?? idOf(0)
  await expect.poll(() => rowOf(placeOf())).toBeGreaterThan(rowsMax - 2_000)
  await expect.poll(() => rowOf(placeOf())).toBeLessThan(rowsMax - 100)
  const place = placeOf()
  await page.reload()
  await expect
    .poll(() => rows.first().locator('a').first().getAttribute('href'))
    .toBe(`/deliveries/${idOf(rowOf(place) + 1)}`)
  await page.context().close()
})
