import { expect, test } from 'vitest'
import { useBrowser } from './use-browser.ts'

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
