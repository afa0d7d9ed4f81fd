import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { deliveryStates } from '../../src/contract/delivery.ts'
import { useBrowser } from './use-browser.ts'

const browser = useBrowser()

interface Thing {
  readonly id?: string
  readonly [property: string]: unknown
}

const reason = 'The receiver asked never to be called again.'
const disabled = { at: '2026-11-24T12:00:00Z', reason }

/** Lists with one thing of each state. */
const lists: readonly (readonly [path: string, api: string, states: readonly Thing[]])[] = [
  [
    '/history',
    'deliveries',
    [...deliveryStates.map((state) => ({ state, attempts: 0 })), { state: 'waiting', attempts: 2 }],
  ],
  [
    '/registries/models?tab=automations',
    'projects/*/automations',
    [{}, { enabled: false }, { paused_reason: reason }, { misconfigured: reason }],
  ],
  ['/teams/vision/webhooks', 'teams/vision/webhooks', [{}, { paused: true }, { misconfigured: reason }, { disabled }]],
]

test('whoever sees no colors tells the states of a list apart: each has a word and a shape that no other has', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  for (const [path, api, states] of lists) {
    await showStates(page, api, states)
    await page.goto(path)
    await expect.poll(() => page.locator('[data-row]').count(), { message: path }).toBe(states.length)
    const marks = page.locator('[data-row] span:has(> svg[aria-hidden] + span)')
    const words = await marks.allTextContents()
    const shapes = await marks.locator('svg').evaluateAll((all) => all.map(({ innerHTML }) => innerHTML))
    expect(words, path).not.toContain('')
    expect(new Set(words).size, `${path}: ${words.join()}`).toBe(states.length)
    expect(new Set(shapes).size, `${path}: ${words.join()}`).toBe(states.length)
  }
  await page.context().close()
})

/** The list as the server gives it, with its one thing in each of these states. */
async function showStates(page: Page, api: string, states: readonly Thing[]): Promise<void> {
  await page.route(new RegExp(`/api/v1/${api.replace('*', '[^/]+')}\\?`), async (route) => {
    const answer = await route.fetch()
    const { items } = (await answer.json()) as { items: readonly Thing[] }
    const one = items[0]!
    await route.fulfill({
      response: answer,
      json: { items: states.map((state, index) => ({ ...one, id: `${one.id ?? ''}${index}`, ...state })), next: null },
    })
  })
}
