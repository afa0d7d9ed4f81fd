import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { useBrowser, waitUntilLoaded } from './use-browser.ts'

// What people do stands in the other files; here is what those may not do who may less, screen by screen: who may is offered it.

const browser = useBrowser()

/** By role and name: `button: New secret`. */
type Part = `${'button' | 'link' | 'switch' | 'checkbox' | 'dialog' | 'navigation'}: ${string}`

interface Screen {
  readonly heading: string
  /** What is not offered to who may not do it. */
  readonly without?: readonly Part[]
  /** Why, in words of the page. */
  readonly says?: string
  /** Shown to be read, and not to be changed. */
  readonly disabled?: readonly Part[]
}

const onlyAdmins = 'Only admins of vision change what is here. Admins: ada.'
const making: readonly Part[] = ['link: Create automation']

const forViewer = (): Readonly<Record<string, Screen>> => ({
  '/overview': { heading: 'Overview', without: making },
  '/automations': {
    heading: 'Automations',
    without: [...making, 'checkbox: Select all that are shown', 'switch: Deploy to production, on'],
    says: 'Deploy to production',
  },
  '/automations/aut_1': { heading: 'Deploy to production', without: ['link: Edit automation'], says: 'Event' },
  '/automations/aut_1/edit': {
    heading: 'Edit Deploy to production',
    without: ['button: Next step', 'navigation: Steps'],
    says: 'You may read it, not change it: that is for members of example/wandb-registry-models, or for its admins alone.',
  },
  '/automations/new': {
    heading: 'Create automation',
    says: 'There is no project or registry in which you may create automations.',
  },
  '/history': {
    heading: 'History',
    without: ['button: Redeliver failed…', 'button: Cancel waiting…'],
    says: 'Deploy to production → example receiver',
  },
  [`/deliveries/${browser.story.delivery}`]: {
    heading: 'Deploy to production → example receiver',
    without: ['button: Redeliver'],
    says: 'Accepted with 200',
  },
  [`/events/${browser.story.event}`]: {
    heading: 'An artifact alias is added: production',
    without: ['link: Create automation from this'],
    says: 'What this set off',
  },
  '/registries?panel=new': { heading: 'Registries', without: ['button: New registry', 'dialog: New registry'] },
  '/registries/models': { heading: 'models', without: ['button: New collection'], says: 'churn-model' },
  '/registries/models?tab=automations': { heading: 'models', without: making, says: 'Deploy to production' },
  '/registries/models?tab=history': {
    heading: 'models',
    says: 'What happened here is for viewers of this registry and above; you are a restricted viewer.',
  },
  '/registries/models?tab=settings': {
    heading: 'models',
    without: ['button: Save', 'button: Delete registry', 'button: Give role'],
    says: 'Only admins change these.',
    disabled: ['switch: Members may create automations'],
  },
  '/registries/models/churn-model': { heading: 'churn-model', without: ['button: Link version'], says: 'v0' },
  '/registries/models/churn-model?version=v0': {
    heading: 'churn-model',
    without: ['button: Add alias', 'button: Remove production', 'button: Add tag', 'button: Unlink'],
    says: 'accuracy',
  },
  '/projects/vision/demo': { heading: 'demo', without: ['button: New collection'], says: 'churn-model' },
  '/projects/vision/demo?tab=settings': {
    heading: 'demo',
    without: ['button: Save', 'button: Delete project'],
    says: 'Only admins change these.',
    disabled: ['switch: Members may create automations'],
  },
  '/projects/vision/demo/churn-model': { heading: 'churn-model', without: ['button: New version'], says: 'v0' },
})

/** What a viewer of a team sees of it, and no less a member: both may not change it. */
const ofTeam: Readonly<Record<string, Screen>> = {
  '/teams/vision/webhooks?panel=new': {
    heading: 'Webhooks',
    without: ['button: New webhook', 'dialog: New webhook', 'button: Test example receiver'],
    says: onlyAdmins,
  },
  '/teams/vision/webhooks?panel=test&webhook=whk_1': {
    heading: 'Webhooks',
    without: ['dialog: Test example receiver'],
    says: onlyAdmins,
  },
  '/teams/vision/webhooks/whk_1?tab=settings': {
    heading: 'example receiver',
    without: ['button: Edit', 'button: Test example receiver'],
    says: onlyAdmins,
  },
  '/teams/vision/secrets?panel=new': {
    heading: 'Team secrets',
    without: ['button: New secret', 'dialog: New secret', 'button: Actions of RECEIVER_TOKEN'],
    says: onlyAdmins,
  },
  '/teams/vision/members': {
    heading: 'Members',
    without: ['button: Add member', 'button: New service account', 'button: Actions of ada'],
    says: onlyAdmins,
  },
  '/teams/vision/audit': {
    heading: 'Audit log',
    without: ['button: Filter', 'link: Audit log'],
    says: 'Only admins of vision read the audit log. Admins: ada.',
  },
}

const noSuchPage: Screen = { heading: 'No such page', says: 'It was deleted, or it is not yours to see.' }
const forStranger = (): Readonly<Record<string, Screen>> => ({
  ...Object.fromEntries(
    [
      ...['webhooks', 'webhooks/whk_1', 'secrets', 'members', 'audit', 'nothing-like-it'].map(
        (of) => `/teams/vision/${of}`,
      ),
      '/projects/vision/demo',
      '/projects/vision/demo/churn-model',
      '/registries/of-nobody',
      '/automations/aut_999',
      '/automations/aut_999/edit',
      '/deliveries/dlv_999',
      '/events/evt_999',
    ].map((address) => [address, noSuchPage]),
  ),
  [`/deliveries/${browser.story.delivery}`]: {
    heading: 'Deploy to production → a webhook',
    without: ['button: Redeliver', 'link: example receiver'],
    says: 'Payload, headers and answers are for members of the team that owns the webhook.',
  },
})

beforeAll(async () => {
  const { page } = await browser.visit()
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: browser.password } })
  const make = async (method: 'post' | 'put', path: string, data: object) =>
    expect((await page.request[method](`/api/v1${path}`, { data })).ok(), path).toBe(true)
  await make('post', '/organizations/example/teams', { name: 'speech' })
  for (const [name, team, role] of [
    ['vera', 'vision', 'viewer'],
    ['milo', 'vision', 'member'],
    ['otto', 'speech', 'member'],
  ] as const) {
    await make('post', '/organizations/example/people', { name, password: browser.password })
    await make('put', `/teams/${team}/members/${name}`, { role })
  }
  await page.context().close()
})

test('the admin is offered all that the others are not', async () => {
  const { page } = await browser.visit()
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: browser.password } })
  for (const [address, { heading, without = [], disabled = [] }] of Object.entries({ ...forViewer(), ...ofTeam })) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: heading, exact: true, includeHidden: true }).waitFor()
    for (const part of without) await find(page, part).first().waitFor({ state: 'attached' })
    for (const part of disabled) expect(await find(page, part).isEnabled(), `${address}, ${part}`).toBe(true)
  }
  await page.context().close()
})

test('a viewer, who is a restricted viewer of the registry, is offered nothing that would be refused, and told why', () =>
  expectScreens('vera', { ...forViewer(), ...ofTeam }))

test('a member of a team reads what its admins decide, and is told who they are', () => expectScreens('milo', ofTeam))

test('a stranger to a team gets the page of what is not there, whatever address of it is typed in', () =>
  expectScreens('otto', forStranger()))

test('who is not signed in is asked to, at every address, the set-up that is done included', async () => {
  const { page } = await browser.visit()
  for (const address of ['/overview', '/teams/vision/secrets', `/events/${browser.story.event}`, '/setup']) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: 'Sign in to Signalbox' }).waitFor()
  }
  await page.context().close()
})

async function expectScreens(name: string, screens: Readonly<Record<string, Screen>>): Promise<void> {
  const { page } = await browser.visit()
  await page.request.post('/api/v1/session', { data: { name, password: browser.password } })
  for (const [address, screen] of Object.entries(screens)) {
    await page.goto(address)
    await expectScreen(page, address, screen)
  }
  await page.context().close()
}

async function expectScreen(
  page: Page,
  address: string,
  { heading, without = [], says, disabled = [] }: Screen,
): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
  await waitUntilLoaded(page)
  if (says !== undefined) await page.getByText(says, { exact: false }).filter({ visible: true }).first().waitFor()
  for (const part of disabled) expect(await find(page, part).isDisabled(), `${address}, ${part}`).toBe(true)
  const offered = await Promise.all(without.map(async (part) => ((await find(page, part).count()) > 0 ? [part] : [])))
  expect(offered.flat(), address).toEqual([])
  expect(await page.getByRole('alert').filter({ hasText: 'Not allowed' }).count(), address).toBe(0)
}

function find(page: Page, part: Part) {
  const [role, name] = part.split(': ', 2) as ['button', string]
  return page.getByRole(role, { name, exact: true, includeHidden: true })
}
