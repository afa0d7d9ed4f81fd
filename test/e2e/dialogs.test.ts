import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible, expectNothingCut, useBrowser, waitUntilLoaded } from './use-browser.ts'

// Everything that opens over a page: in both schemes, wide and narrow, and with keys alone.

const browser = useBrowser()

/** What is pressed one after the other, by name, until the last thing is open. */
const openings: readonly (readonly [address: string, ...names: readonly string[]])[] = [
  ['/automations', 'Actions of Deploy to production', 'Delete automation'],
  ['/automations/aut_1?tab=changes', 'Bring back revision 1'],
  ['/automations/aut_1/edit?step=action', 'Preset'],
  ['/deliveries/', 'Redeliver'],
  ['/deliveries/', 'Redeliver in another way', 'Redeliver with today’s template…'],
  ['/deliveries/', 'Redeliver in another way', 'Redeliver to another webhook…'],
  ['/history', 'Redeliver failed…'],
  ['/history', 'Cancel waiting…'],
  ['/registries', 'New registry'],
  ['/registries/models', 'New collection'],
  ['/registries/models?tab=settings', 'Delete registry'],
  ['/registries/models/churn-model', 'Switch collection'],
  ['/registries/models/churn-model', 'Link version'],
  ['/registries/models/churn-model', 'Open v0', 'Unlink'],
  ['/registries/models/churn-model', 'Open v0', 'Delete version'],
  ['/registries/models/churn-model', 'Open v0', 'Edit metadata'],
  ['/registries/models/churn-model?tab=about', 'Delete collection'],
  ['/projects', 'New project'],
  ['/projects/vision/demo/churn-model', 'New version'],
  ['/projects/vision/demo?tab=settings', 'Delete project'],
  ['/teams/vision/webhooks', 'New webhook', 'New secret'],
  ['/teams/vision/webhooks', 'New webhook', 'Test'],
  ['/teams/vision/webhooks', 'Test example receiver'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Edit'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Rotate signing secret'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Shell script'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Redeliver failed…'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Cancel waiting…'],
  ['/teams/vision/webhooks', 'Actions of example receiver', 'Delete webhook'],
  ['/teams/vision/secrets', 'New secret'],
  ['/teams/vision/secrets', 'Actions of RECEIVER_TOKEN', 'Replace value'],
  ['/teams/vision/secrets', 'Actions of RECEIVER_TOKEN', 'Delete secret'],
  ['/teams/vision/members', 'New team'],
  ['/teams/vision/members', 'New service account'],
  ['/teams/vision/members', 'Add member'],
  ['/teams/vision/members', 'Actions of robot', 'API keys'],
  ['/teams/vision/members', 'Actions of robot', 'Remove'],
  ['/profile', 'New API key'],
]

const floating = '[role=dialog], [role=alertdialog], [role=menu]'

test('each comes and goes with keys alone, holds the focus and gives it back, is accessible in both schemes, and fits a narrow window', async () => {
  const { page, complaints } = await browser.visit()
  await browser.signIn(page)
  const answers = [
    await page.request.patch('/api/v1/automations/aut_1', { data: { revision: 1, description: 'Two of them.' } }),
    await page.request.post('/api/v1/teams/vision/service-accounts', { data: { name: 'robot', role: 'member' } }),
  ]
  expect(answers.map((answer) => answer.ok())).toEqual([true, true])
  complaints.length = 0
  let at = ''
  for (const [address, ...names] of openings) {
    const what = [address, ...names].join(' › ')
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    if (at !== address) await page.goto(address === '/deliveries/' ? `/deliveries/${browser.story.delivery}` : address)
    at = address
    await open(page, names)
    await expect
      .poll(() => page.evaluate(`document.activeElement.closest('${floating}') !== null`), { message: what })
      .toBe(true)
    await expectAccessible(page, `${what}, light and wide`, floating)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 360, height: 800 })
    await expectAccessible(page, `${what}, dark and narrow`, floating)
    await expectNothingCut(page, what)
    while ((await page.locator(floating).count()) > 0) {
      const before = await page.locator(floating).count()
      await page.keyboard.press('Escape')
      await expect.poll(() => page.locator(floating).count(), { message: what }).toBeLessThan(before)
    }
    await expect
      .poll(() => page.evaluate('document.activeElement.ariaLabel ?? document.activeElement.textContent'), {
        message: what,
      })
      .toBe(names[0])
  }
  expect(complaints).toEqual([])
  await page.context().close()
})

async function open(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const above = page.locator(floating).last()
    const title = async () => ((await above.count()) > 0 ? above.getAttribute('aria-labelledby') : null)
    const before = await title()
    const around = before === null ? page : above
    const exact = { name, exact: true }
    await around.getByRole('button', exact).or(around.getByRole('menuitem', exact)).first().press('Enter')
    await expect.poll(title, { message: name }).not.toBe(before)
    await above.waitFor()
  }
  await waitUntilLoaded(page)
}
