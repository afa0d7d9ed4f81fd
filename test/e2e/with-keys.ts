import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Somebody who uses the keyboard alone, and wants to see at every stop where they are. */
export interface Keys {
  /** With Tab, until what has this name, and is this element where others are called so too, has the focus. */
  come(name: string, element?: string): Promise<void>
  press(...keys: readonly string[]): Promise<void>
  /** With the arrows, an item of the menu that is open. */
  choose(item: string): Promise<void>
  type(text: string): Promise<void>
}

/** More stops than any page has. */
const stopsMax = 150

export function withKeys(page: Page): Keys {
  const focused = async () => JSON.parse(await page.evaluate<string>(focusedThing)) as Focused
  return {
    async come(name, element) {
      const seen: string[] = []
      for (let stop = 0; stop < stopsMax; stop++) {
        const at = await focused()
        if (at.name === name && (element === undefined || at.element === element)) return
        await page.keyboard.press('Tab')
        const next = await focused()
        seen.push(next.name ?? 'the end of the page')
        if (next.name !== undefined) expect(next.hasRing, `a ring around ${next.name}`).toBe(true)
      }
      throw new Error(`No stop is called ${name}: ${seen.slice(0, 60).join(' | ')}`)
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
      await expect
        .poll(async () => (await focused()).name, { message: `the focus after ${keys.join(' ')}` })
        .toBeDefined()
    },
    async choose(item) {
      // Only once the menu has the focus are keys for it.
      await page.locator('[role=menu]:focus-within').waitFor()
      for (let stop = 0; (await focused()).name !== item; stop++) {
        if (stop === stopsMax) throw new Error(`No item is called ${item}.`)
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
    },
    type: (text) => page.keyboard.insertText(text),
  }
}

interface Focused {
  /** Left out where nothing has the focus. */
  readonly name?: string
  readonly element?: string
  /** Whether it, or what is drawn for it, has a ring. */
  readonly hasRing: boolean
}

const focusedThing = `(() => {
  const at = document.activeElement
  if (at === null || at === document.body) return JSON.stringify({ hasRing: false })
  const name = at.ariaLabel ?? at.labels?.[0]?.textContent ?? at.textContent
  const drawn = at.matches('[type=checkbox], [type=radio]') ? [at, ...at.parentElement.querySelectorAll('*')] : [at]
  const hasRing = drawn.map((one) => getComputedStyle(one)).some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)
  return JSON.stringify({ element: at.localName, name: name.trim().replace(/ \\*$/, ''), hasRing })
})()`
