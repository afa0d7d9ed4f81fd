import { expect, test } from 'vitest'
import { useBrowser, waitUntilLoaded } from './use-browser.ts'

// However somebody sees, moves through and is connected to the pages.

const browser = useBrowser()

test.each(['/automations', '/teams/vision/webhooks', '/profile'])(
  'with the Tab key alone every control of %s is come to, and a ring shows where one is',
  async (path) => {
    const { page } = await browser.visit()
    await browser.signIn(page)
    await page.goto(path)
    await page.getByRole('main').getByRole('button').last().waitFor()
    await waitUntilLoaded(page)
    const unseen: string[] = []
    let stops = 0
    for (let at = 'first'; at !== '' && stops < 100; stops++) {
      await page.keyboard.press('Tab')
      at = await page.evaluate<string>(focused)
      if (at.startsWith('unseen ')) unseen.push(at)
    }
    expect(stops).toBeGreaterThan(20)
    expect(stops).toBeLessThan(100)
    expect(unseen).toEqual([])
    await page.context().close()
  },
)

test('without a connection the page says since when, and comes back by itself', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.context().setOffline(true)
  await page.getByText(/^No connection since \d\d:\d\d$/).waitFor()
  await page.context().setOffline(false)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.context().close()
})

test('who hovers over a time or comes to it with a key gets the exact instant and its zone', async () => {
  const { page } = await browser.visit({ timezoneId: 'Asia/Seoul' })
  await browser.signIn(page)
  await page.goto('/history')
  const time = page.getByRole('region', { name: 'History' }).getByRole('time').first()
  const exact = /GMT\+9 · \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
  expect(await time.getAttribute('title')).toMatch(exact)
  expect(await time.textContent()).not.toMatch(exact)
  await time.focus()
  await expect.poll(() => time.textContent()).toMatch(exact)
  await page.context().close()
})

test('in the dark, tinted parts have the grounds, edges and texts that were chosen, to the digit', async () => {
  const { page } = await browser.visit({ colorScheme: 'dark' })
  await browser.signIn(page)
  const tints = await page.evaluate<string[]>(`
    const styles = getComputedStyle(document.documentElement)
    const tint = (name) => ['light', 'edge', 'light-color'].map((part) => styles.getPropertyValue('--mantine-color-' + name + '-' + part))
    ;['good', 'warn', 'bad', 'brand', 'idle'].map((name) => [name, ...tint(name)].join(' '))`)
  expect(tints).toEqual([
    'good #18362c #1f6a43 #a7f3c0',
    'warn #3a301f #7a581e #fcdf8a',
    'bad #3d242a #7d3339 #fdbcbc',
    'brand #262c4f #434a8c #c7d2fe',
    'idle #2b3139 #434b57 #d1d5db',
  ])
  await page.context().close()
})

test('who asked for less motion sees a drawer come without any', async () => {
  const { page } = await browser.visit({ reducedMotion: 'reduce' })
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks')
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await page.evaluate('document.getAnimations().length')).toBe(0)
  await page.context().close()
})

/** What has the focus, as `unseen …` where neither it nor what is drawn for it has a ring; nothing at the end of the page. */
const focused = `(() => {
  const at = document.activeElement
  if (at === null || at === document.body) return ''
  const drawn = at.matches('[type=checkbox], [type=radio]') ? [at, ...at.parentElement.querySelectorAll('*')] : [at]
  const isSeen = drawn.some((one) => getComputedStyle(one).outlineStyle !== 'none' && parseFloat(getComputedStyle(one).outlineWidth) >= 2)
  return (isSeen ? 'seen ' : 'unseen ') + at.outerHTML.slice(0, 120)
})()`
