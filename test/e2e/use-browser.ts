import axe from 'axe-core'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Cookie, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { start, type Environment, type Running } from '../cli/run-cli.ts'
import { waitFor } from '../support/wait-for.ts'
import { findBrowser } from './find-browser.ts'

const pages = new URL('../../dist/web/index.html', import.meta.url)

export interface Visitor {
  readonly page: Page
  /** What the browser complained about so far: its console, and whatever a page did not catch. */
  readonly complaints: string[]
  /** Hosts that the pages asked. */
  readonly hosts: Set<string>
}

export interface TestBrowser {
  readonly url: string
  readonly password: string
  /** Ids that the story of the start told. */
  readonly story: { readonly event: string; readonly delivery: string }
  visit(options?: BrowserContextOptions): Promise<Visitor>
  /** With the form the first time, and then in the same session: signing in is limited. */
  signIn(page: Page, name?: string): Promise<void>
  /** In a session of its own, which the page may end. */
  signInAnew(page: Page, name?: string): Promise<void>
}

/** Chromium, and somebody who visits an address with it. */
export function useChromium(): (baseURL: string, options?: BrowserContextOptions) => Promise<Visitor> {
  let browser: Browser
  beforeAll(async () => {
    if (!existsSync(pages)) throw new Error('The pages are not built: npm run build:web')
    const executablePath = findBrowser()
    if (executablePath === undefined) throw new Error('There is no Chromium here; CHROMIUM says where it is.')
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
    })
  })
  afterAll(() => browser.close())
  return async (baseURL, options = {}) => {
    const context = await browser.newContext({
      baseURL,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
      ...options,
    })
    const page = await context.newPage()
    const visitor: Visitor = { page, complaints: [], hosts: new Set() }
    page.on('request', (request) => visitor.hosts.add(new URL(request.url()).host))
    page.on('pageerror', ({ message }) => visitor.complaints.push(message))
    page.on('console', (message) => {
      if (message.type() === 'error') visitor.complaints.push(message.text())
    })
    return visitor
  }
}

/** `signalbox try` as a person starts it, and Chromium. */
export function useBrowser(environment: Environment | (() => Environment) = {}): TestBrowser {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-e2e-'))
  const visit = useChromium()
  let server: Running
  let told = ''
  const sessions = new Map<string, Cookie[]>()

  beforeAll(async () => {
    const given = typeof environment === 'function' ? environment() : environment
    server = start(['try', '--data', folder, '--port', '0'], given)
    await waitFor('the end of the story', () => server.lines.some((line) => line.startsWith('delivered')), 120_000)
    told = server.lines.join('\n')
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const find = (pattern: RegExp): string => {
    const [, found] = pattern.exec(told) ?? []
    if (found === undefined) throw new Error(`The story does not tell ${pattern}:\n${told}`)
    return found
  }
  const test: TestBrowser = {
    get url() {
      return find(/(http:\/\/127\.0\.0\.1:\d+)\/api\/v1/)
    },
    get password() {
      return find(/password (\S+)/)
    },
    get story() {
      return { event: find(/event (evt_\w+)/), delivery: find(/(dlv_\w+) succeeded/) }
    },
    visit: (options) => visit(test.url, options),
    async signIn(page, name = 'ada') {
      await page.context().addCookies(sessions.get(name) ?? [])
      // Somebody may have ended that session.
      if (!(await page.request.get('/api/v1/me')).ok()) return test.signInAnew(page, name)
      await page.goto('/')
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    },
    async signInAnew(page, name = 'ada') {
      await page.goto('/sign-in')
      await page.getByLabel('Name', { exact: true }).fill(name)
      await page.getByLabel('Password', { exact: true }).fill(test.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
      sessions.set(name, await page.context().cookies())
    },
  }
  return test
}

/** Until nothing on the page says that it loads. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy=true], [aria-label=Loading]').count(), { timeout: 30_000 }).toBe(0)
}

/** No word is cut off, none stands beside the window, and nothing but code and what has a box of its own scrolls sideways. */
export async function expectNothingCut(page: Page, what: string): Promise<void> {
  expect(await page.evaluate<string[]>(cutParts), what).toEqual([])
}

const cutParts = `(() => {
  const hides = (element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
  const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
  const around = (element) => (element === null ? [] : [element, ...around(element.parentElement)])
  const isHiddenOnPurpose = (element) => element.matches('option, textarea, .skip') || getComputedStyle(element).clipPath !== 'none' || getComputedStyle(element).clip !== 'auto'
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '')
    if (!says || !element.checkVisibility({ visibilityProperty: true }) || around(element).some(isHiddenOnPurpose)) continue
    const words = document.createRange()
    words.selectNodeContents(element)
    const { left, right } = words.getBoundingClientRect()
    const box = around(element).find((one) => scrolls(one) || hides(one))
    if (box !== undefined && scrolls(box)) continue
    const edge = box === undefined ? { left: 0, right: innerWidth } : box.getBoundingClientRect()
    if (left < Math.max(0, edge.left) - 1 || right > Math.min(innerWidth, edge.right) + 1)
      found.push(element.tagName + ' ' + element.textContent.slice(0, 80))
  }
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth > clientWidth ? ['the page itself', ...found] : found
})()`

interface AxeWindow {
  readonly axe: {
    run(of: unknown, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
  }
}

/** WCAG 2.0 to 2.2, A and AA, as far as a tool can tell: the whole page, or the part of it that a selector names. */
export async function expectAccessible(page: Page, what: string, part = 'html'): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async (include) => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { axe: judge } = globalThis as unknown as AxeWindow
    const { violations } = await judge.run(include, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, part)
  expect(found, what).toEqual([])
}
