import { expect, test } from 'vitest'
import { addressesOf } from './addresses.ts'
import { expectAccessible, expectNothingCut, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

const addresses = () => addressesOf(browser.story)

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)(
  'every page, %s and %i px wide: axe finds nothing, the browser complains about nothing, nothing runs out of the side',
  async (colorScheme, width) => {
    const { page, complaints, hosts } = await browser.visit({ colorScheme, viewport: { width, height: 800 } })
    await browser.signIn(page)
    complaints.length = 0 // Who is not signed in yet is told so.
    for (const [address, heading] of addresses()) {
      // The server has no such address; the app does.
      if (address === '/nowhere') await page.evaluate(`history.pushState({}, '', '/overview/nowhere')`)
      await page.goto(address === '/nowhere' ? '/overview/nowhere' : address)
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
      await page.waitForLoadState('load')
      await waitUntilLoaded(page)
      await expectAccessible(page, address)
      await expectNothingCut(page, address)
      expect(complaints, address).toEqual([])
    }
    expect([...hosts]).toEqual([new URL(browser.url).host])
    await page.context().close()
  },
)

test('drawers, dialogs and menus are accessible too', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/webhooks')
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).waitFor()
  await expectAccessible(page, 'New webhook')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions of example receiver' }).click()
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).waitFor()
  await expectAccessible(page, 'the menu of a webhook')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Test example receiver' }).click()
  await page.getByRole('button', { name: 'Test webhook' }).click()
  await page.getByText('200 accepted').waitFor()
  await expectAccessible(page, 'a tested webhook')
  await page.goto('/teams/vision/secrets')
  await page.getByRole('button', { name: 'New secret' }).click()
  await page.getByRole('dialog').getByLabel('Secret name').waitFor()
  await expectAccessible(page, 'New secret')
  await page.goto('/registries/models/churn-model?version=v0')
  await page.getByRole('dialog').getByText('What this set off').waitFor()
  await expectAccessible(page, 'the drawer of a version')
  await page.context().close()
})

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('the menu and the list of shortcuts are accessible, %s and %i px wide', async (colorScheme, width) => {
  const { page, complaints } = await browser.visit({ colorScheme, viewport: { width, height: 800 } })
  await browser.signIn(page)
  complaints.length = 0
  await page.keyboard.press('Control+k')
  const menu = page.getByRole('dialog', { name: 'Search or jump to' })
  await menu.getByRole('option', { name: 'Overview' }).waitFor()
  await expectAccessible(page, 'the menu')
  await menu.getByRole('combobox').fill('churn')
  await menu.getByRole('group', { name: 'Found' }).waitFor()
  await expectAccessible(page, 'what the menu found')
  await menu.getByRole('combobox').fill('nothing like it')
  await menu.getByText('Nothing called').waitFor()
  await expectAccessible(page, 'the menu that found nothing')
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('listitem').first().waitFor()
  await expectAccessible(page, 'the shortcuts')
  expect(complaints).toEqual([])
  await page.context().close()
})

test('in a browser that speaks Korean every page does too, and is as accessible, also on a narrow screen', async () => {
  const { page, complaints } = await browser.visit({ locale: 'ko-KR', viewport: { width: 360, height: 800 } })
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: browser.password } })
  for (const [address] of addresses()) {
    await page.goto(address === '/nowhere' ? '/overview/nowhere' : address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await waitUntilLoaded(page)
    expect(await page.evaluate('document.documentElement.lang'), address).toBe('ko')
    expect(await page.locator('main').textContent(), address).toMatch(/\p{Script=Hangul}/u)
    await expectAccessible(page, address)
    await expectNothingCut(page, address)
    expect(complaints, address).toEqual([])
  }
  await page.goto('/profile')
  await page.getByRole('combobox', { name: '언어' }).selectOption('English')
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor()
  await page.context().close()
})

test('the first load asks this server alone, runs no script that stands in the page, and is 300 KB of JavaScript at most, in few files', async () => {
  const { page, hosts } = await browser.visit()
  await browser.signIn(page)
  const scripts = new Map<string, number>()
  page.on('response', (response) => {
    if (/javascript/.test(response.headers()['content-type'] ?? ''))
      scripts.set(response.url(), Number(response.headers()['content-length']))
  })
  const loaded = await page.goto('/overview')
  await page.getByRole('region', { name: 'Deliveries per minute' }).waitFor()
  await page.waitForLoadState('networkidle')
  const sizes = [...scripts.values()]
  expect(sizes.length).toBeGreaterThan(2)
  expect(sizes.length).toBeLessThanOrEqual(12)
  const sum = sizes.reduce((total, size) => total + size, 0)
  expect(sum).toBeGreaterThan(100_000)
  expect(sum).toBeLessThanOrEqual(300_000)
  expect([...hosts]).toEqual([new URL(browser.url).host])
  expect(loaded?.headers()['content-security-policy']).toMatch(/(?:^|; )script-src 'self'(?:;|$)/)
  expect(await page.locator('script:not([src])').count()).toBe(0)
  await page.context().close()
})
