import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, type Running } from '../cli/run-cli.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { waitFor } from '../support/wait-for.ts'
import { expectAccessible, useChromium } from './use-browser.ts'

const visit = useChromium()
const folder = mkdtempSync(join(tmpdir(), 'signalbox-e2e-set-up-'))
let receiver: Receiver
let server: Running
let url: string
let code: string

/** `signalbox serve` on a database in which nobody is yet. */
beforeAll(async () => {
  receiver = await startReceiver()
  server = start(['serve', '--data', folder, '--listen', '127.0.0.1:0'], {
    SIGNALBOX_ALLOWED_TARGETS: receiver.target,
    SIGNALBOX_RECEIVER: '127.0.0.1:0',
  })
  const printed = await waitFor(
    'the code',
    () => /^Set up at (\S+)\/setup with code (\S+)$/m.exec(server.errors()) ?? undefined,
    60_000,
  )
  url = printed[1]!
  code = printed[2]!
})
afterAll(async () => {
  await server.stop()
  await receiver.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('the set-up, %s and %i px wide, is accessible, also with all its mistakes', async (colorScheme, width) => {
  const { page, complaints, hosts } = await visit(url, { colorScheme, viewport: { width, height: 800 } })
  await page.goto('/setup')
  await page.getByRole('heading', { level: 1, name: 'Set up Signalbox' }).waitFor()
  await expectAccessible(page, 'the set-up')
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect.poll(() => page.getByText('Fill this in.').count()).toBe(5)
  await expect.poll(() => page.locator(':focus').getAttribute('name')).toBe('code')
  await expectAccessible(page, 'the set-up with mistakes')
  const aside = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(aside).toBe(0)
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([new URL(url).host])
  await page.context().close()
})

test('a new server is set up in the browser: from any address to the code, over each mistake at its field, to the first steps', async () => {
  const { page } = await visit(url)
  await page.goto('/history')
  await page.getByRole('heading', { level: 1, name: 'Set up Signalbox' }).waitFor()
  await page.goto('/sign-in')
  await page.waitForURL('**/setup')

  await page.getByLabel('Set-up code').fill('AAAA-AAAA')
  await page.getByLabel('Organization name').fill('Acme Robotics')
  await page.getByLabel('First team').fill('vision')
  await page.getByLabel('Name', { exact: true }).fill('Vision')
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Set up' }).click()
  const at = async (label: string) =>
    page
      .getByLabel(label, { exact: true })
      .evaluate((field) => (field as unknown as { ariaInvalid: string }).ariaInvalid)
  await page.getByText('Use letters, digits, - and _, and begin with').waitFor()
  await page.getByText('Organization, team and person need different names.').waitFor()
  await page.getByText('Use 12 characters or more.').waitFor()
  expect(await at('Organization name')).toBe('true')
  await page.getByLabel('Organization name').fill('acme')
  await page.getByLabel('Name', { exact: true }).fill('ada')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByText('This is not the code.').waitFor()
  await expect.poll(() => at('Set-up code')).toBe('true')

  await page.goto(`/setup#${code}`)
  await page.reload()
  expect(await page.getByLabel('Set-up code').inputValue()).toBe(code)
  await page.getByLabel('Organization name').fill('acme')
  await page.getByLabel('First team').fill('vision')
  await page.getByLabel('Name', { exact: true }).fill('ada')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  await page.getByRole('region', { name: 'Three steps to your first request' }).waitFor()
  await page.getByRole('link', { name: 'ada' }).waitFor()

  await page.context().clearCookies()
  await page.goto('/setup')
  await page.getByRole('heading', { level: 1, name: 'Sign in to Signalbox' }).waitFor()
  await page.context().close()
})

test('the first steps lead to a tested webhook, an automation and its first delivery, and then make room for the charts', async () => {
  const { page, complaints } = await visit(url)
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: 'correct horse battery' } })
  const steps = page.getByRole('region', { name: 'Three steps to your first request' })
  const charts = page.getByRole('heading', { name: 'Deliveries per minute' })
  await page.goto('/overview')
  await steps.getByRole('link', { name: 'New project' }).waitFor()
  await expectAccessible(page, 'the first steps')
  expect(await charts.count()).toBe(0)

  await steps.getByRole('link', { name: 'New secret' }).click()
  await page.getByRole('dialog', { name: 'New secret' }).waitFor()
  await page.goto('/overview')
  await steps.getByRole('link', { name: 'New webhook' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name', { exact: true }).fill('deploy-bot')
  await form.getByLabel('URL', { exact: true }).fill(`${receiver.url}/hook`)
  await form.getByRole('button', { name: 'Save webhook' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('link', { name: 'Overview' }).click()
  await steps.getByText('done').waitFor()
  await steps.getByRole('link', { name: 'Test it' }).click()
  await page.getByRole('button', { name: 'Test webhook' }).click()
  await page.getByText('200 accepted').waitFor()
  await page.goto('/overview')
  await steps.getByRole('link', { name: 'Create automation' }).waitFor()
  expect(await steps.getByRole('link', { name: 'Test it' }).count()).toBe(0)

  const post = async (path: string, data: object) => {
    const answer = await page.request.post(`/api/v1${path}`, { data })
    expect(answer.status(), path).toBe(201)
  }
  await post('/projects', { team: 'vision', name: 'demo' })
  await post('/projects/demo/automations', {
    name: 'Tell the bot',
    event_type: 'CUSTOM',
    action: { type: 'webhook', webhook: 'whk_1', template: '{}' },
  })
  await page.reload()
  await steps.getByText('“Tell the bot” waits for this').waitFor()
  await post('/projects/demo/events', { name: 'evaluation.finished' })
  await charts.waitFor()
  await steps.waitFor({ state: 'detached' })
  expect(await receiver.received(2)).toHaveLength(2)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('who may add no webhook is told whom to ask, and the first steps can be put away for a team', async () => {
  const { page, complaints } = await visit(url)
  const password = 'correct horse battery'
  const signIn = (name: string) => page.request.post('/api/v1/session', { data: { name, password } })
  await signIn('ada')
  const made = [
    await page.request.post('/api/v1/organizations/acme/teams', { data: { name: 'speech' } }),
    await page.request.post('/api/v1/organizations/acme/people', { data: { name: 'bert', password } }),
    await page.request.put('/api/v1/teams/speech/members/bert', { data: { role: 'member' } }),
    // Seen by everybody in the organization, and none of the team's.
    await page.request.post('/api/v1/teams/acme/automations', {
      data: { name: 'Of all', event_type: 'CREATE_COLLECTION', action: { type: 'no_op' } },
    }),
  ]
  expect(made.map((answer) => answer.status())).toEqual([201, 201, 204, 201])
  await page.context().clearCookies()
  await signIn('bert')
  await page.goto('/overview')
  const steps = page.getByRole('region', { name: 'Three steps to your first request' })
  await steps.getByText('ada').waitFor()
  expect(await steps.getByRole('link', { name: 'New webhook' }).count()).toBe(0)
  await steps.getByRole('link', { name: 'Create automation' }).waitFor()
  await page.goto('/teams/speech/webhooks?panel=new')
  await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.goto('/overview')
  await steps.getByRole('button', { name: 'Hide' }).click()
  await page.getByRole('heading', { name: 'Deliveries per minute' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Deliveries per minute' }).waitFor()
  expect(await steps.count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('with the built-in receiver the first steps lead to a verified test without a word typed, and the team sees what arrived', async () => {
  const { page, complaints } = await visit(url)
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: 'correct horse battery' } })
  await page.goto('/overview')
  await page.evaluate(`localStorage.setItem('signalbox-team', '"speech"')`)
  await page.reload()
  const steps = page.getByRole('region', { name: 'Three steps to your first request' })
  await steps.getByRole('button', { name: 'Use the built-in receiver' }).click()
  const panel = page.getByRole('dialog', { name: 'Test built-in' })
  await panel.getByRole('button', { name: 'Test webhook' }).click()
  await panel.getByText('Signature verified by the receiver.').waitFor()
  await expectAccessible(page, 'the test of the built-in receiver')
  await page.goto('/teams/speech/webhooks')
  await page.getByRole('link', { name: 'built-in' }).click()
  await page.getByRole('tab', { name: 'Receiver' }).click()
  const arrived = page.getByRole('region', { name: 'What arrived' })
  await arrived.getByText('Verified', { exact: true }).waitFor()
  await expectAccessible(page, 'what arrived')

  await page.goto('/teams/speech/webhooks?panel=new')
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Use the built-in receiver' }).click()
  expect(await form.getByLabel('URL', { exact: true }).inputValue()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ent_\d+$/)
  expect(complaints).toEqual([])
  await page.context().close()
})
