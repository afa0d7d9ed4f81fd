import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chooseWebhook } from './choose-webhook.ts'
import { expectAccessible, useBrowser } from './use-browser.ts'

const browser = useBrowser()

test('an automation begun from an event is filled in from it, whatever was begun for the same place before', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/automations/new?scope=project:prj_2')
  await page.getByLabel('An artifact tag is added').check()
  await page.getByLabel('Tag regex').fill('an older draft')
  await page.goto(`/events/${browser.story.event}`)
  await page.getByRole('link', { name: 'Create automation from this' }).click()
  await page.getByRole('heading', { level: 1, name: 'Create automation' }).waitFor()
  expect(await page.getByLabel('An artifact alias is added').isChecked()).toBe(true)
  expect(await page.getByLabel('Alias regex').inputValue()).toBe('^production$')
  await page.getByLabel('Alias regex').fill('^prod')
  await page.reload()
  expect(await page.getByLabel('Alias regex').inputValue()).toBe('^prod')
  await page.goto('/automations/new?scope=project:prj_2')
  expect(await page.getByLabel('Tag regex').inputValue()).toBe('an older draft')
  await page.context().close()
})

test('from the no of an event its automation is changed with that event chosen', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await makeAutomation(page, 'Says no')
  await page.request.delete(`${collection}/aliases/nearly`)
  expect(
    (await page.request.post(`${collection}/aliases`, { data: { version: 'v0', aliases: ['nearly'] } })).ok(),
  ).toBe(true)
  const events = (await (await page.request.get('/api/v1/projects/prj_2/events')).json()) as {
    readonly items: readonly { readonly id: string; readonly facts: { readonly alias?: string } }[]
  }
  const { id } = events.items.find(({ facts }) => facts.alias === 'nearly')!
  await page.goto(`/events/${id}`)
  await page.getByRole('link', { name: 'Try a change of Says no' }).click()
  await page.getByRole('heading', { level: 1, name: 'Edit Says no' }).waitFor()
  const chosen = page.getByRole('region', { name: 'The event you chose' })
  await chosen.getByText('Would not').waitFor()
  await page.getByLabel('Alias regex').fill('^near')
  await chosen.getByText('Would fire').waitFor()
  await page.context().close()
})

test('a webhook made inside the wizard comes back chosen, and what was typed before is still there', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/automations/new?scope=project:prj_2&step=action')
  await page.locator('.cm-content').fill('{"typed": "before"}')
  await page.getByText('Choose a webhook to continue.').waitFor()
  expect(await page.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true)
  await chooseWebhook(page, 'New webhook…')
  const form = page.getByRole('dialog', { name: 'New webhook' })
  await form.getByLabel('Name', { exact: true }).fill('made here')
  const receiver = (await (await page.request.get('/api/v1/webhooks/whk_1')).json()) as { readonly url: string }
  await form.getByLabel('URL', { exact: true }).fill(receiver.url)
  await form.getByRole('button', { name: 'Test', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Test made here' })
  await panel.getByRole('button', { name: 'Test webhook' }).click()
  await panel.getByRole('tab', { name: 'Shell script' }).click()
  await panel.getByRole('region', { name: 'Shell script' }).getByText('#!/usr/bin/env bash').waitFor()
  await panel.getByRole('button', { name: 'Close' }).click()
  await form.getByRole('button', { name: 'Save webhook' }).click()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await expect.poll(() => page.getByRole('combobox', { name: 'Webhook', exact: true }).inputValue()).toBe('made here')
  expect(await page.locator('.cm-content').textContent()).toBe('{"typed": "before"}')
  await page.getByRole('combobox', { name: 'Webhook', exact: true }).click()
  await page.getByRole('option', { name: /made here/ }).waitFor()
  await expectAccessible(page, 'webhooks to choose from')
  await page.context().close()
})

test('who does not administer the team is told whom to ask for a webhook', async () => {
  const { page: ada } = await browser.visit()
  await browser.signIn(ada)
  const person = { name: 'mia', password: browser.password }
  const made = [
    await ada.request.post('/api/v1/organizations/example/people', { data: person }),
    await ada.request.put('/api/v1/teams/vision/members/mia', { data: { role: 'member' } }),
  ]
  expect(made.map((answer) => answer.ok())).toEqual([true, true])
  const { page } = await browser.visit()
  await browser.signIn(page, 'mia')
  await page.goto('/automations/new?scope=project:prj_2&step=action')
  await page.getByText('Ask an admin of vision for a webhook.').waitFor()
  await page.getByRole('combobox', { name: 'Webhook', exact: true }).click()
  await page.getByRole('option', { name: /example receiver/ }).waitFor()
  expect(await page.getByRole('option', { name: 'New webhook…' }).count()).toBe(0)
  for (const one of [ada, page]) await one.context().close()
})

test('the preview tells real values, blanks and mistakes apart by mark and word, and the way on says which line to fix', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto(`/automations/new?scope=project:prj_2&step=action&event=${browser.story.event}`)
  await chooseWebhook(page, 'example receiver')
  await page.locator('.cm-content').fill('{\n"a": "${alias}",\n"t": "${tag}",\n"by": "${event_autor}"}')
  const preview = page.getByRole('region', { name: 'What would be sent' }).last()
  await preview.locator('.piece-value', { hasText: 'production' }).waitFor()
  await preview.locator('.piece-blank', { hasText: 'blank' }).waitFor()
  await preview.locator('.piece-unknown', { hasText: '${event_autor}' }).waitFor()
  await page.getByText('1 mistake', { exact: true }).waitFor()
  await page.getByText('1 blank', { exact: true }).waitFor()
  await expectAccessible(page, 'a payload with a mistake and a blank')
  expect(await page.getByRole('button', { name: 'Next step' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Fix line 4 to continue.' }).click()
  expect(await page.locator('.cm-content:focus').count()).toBe(1)
  await page.getByRole('button', { name: 'Use event_author' }).click()
  await preview.locator('.piece-value', { hasText: 'ada' }).waitFor()
  expect(await preview.locator('.piece-unknown').count()).toBe(0)
  await page.locator('.cm-content').press('Control+Enter')
  await page.getByLabel('Automation name').waitFor()
  await page.context().close()
})

test('names are completed with one brace, the open list is accessible, and Tab takes what is chosen', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/automations/new?scope=project:prj_2&step=action')
  await chooseWebhook(page, 'example receiver')
  const editor = page.locator('.cm-content')
  await editor.fill('')
  await editor.pressSequentially('{"a": "${')
  const list = page.getByRole('listbox', { name: 'Completions' })
  await list.getByRole('option').nth(20).waitFor()
  await expectAccessible(page, 'names to choose from')
  await editor.pressSequentially('autho')
  await list.getByRole('option', { name: /event_author/ }).waitFor()
  await page.getByText('In the chosen event:').waitFor()
  await editor.press('Tab')
  expect(await editor.textContent()).toBe('{"a": "${event_author}')
  await editor.pressSequentially('"}')
  await page.getByText('No mistakes.').waitFor()
  await page.getByRole('button', { name: 'Format' }).click()
  await expect.poll(() => page.locator('.cm-line').allTextContents()).toEqual(['{', '  "a": "${event_author}"', '}'])
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Next step' }).click()
  await editor.press('Control+z')
  await expect.poll(() => editor.textContent()).toBe('{"a": "${event_author}"}')
  await page.context().close()
})

test('what is switched is offered back for 8 s', async () => {
  const { page } = await browser.visit()
  await browser.signIn(page)
  await makeAutomation(page, 'Switched')
  await page.clock.install()
  await page.goto('/automations?q=switched')
  await page.getByRole('switch', { name: 'Switched, on' }).press('Space')
  const told = page.getByText('Switched is off. Events go unanswered while it is off.')
  await told.waitFor()
  await page.mouse.move(0, 0)
  await page.clock.fastForward(7_000)
  expect(await told.count()).toBe(1)
  await page.clock.fastForward(2_000)
  await told.waitFor({ state: 'detached' })
  await page.context().close()
})

const collection = `/api/v1/collections/${encodeURIComponent('example/wandb-registry-models/churn-model')}`

async function makeAutomation(page: Page, name: string): Promise<string> {
  const made = await page.request.post(
    `/api/v1/projects/${encodeURIComponent('example/wandb-registry-models')}/automations`,
    {
      data: {
        name,
        event_type: 'ADD_ARTIFACT_ALIAS',
        filter: { alias: { $regex: '^nothing' } },
        action: { type: 'no_op' },
      },
    },
  )
  expect(made.status()).toBe(201)
  return ((await made.json()) as { readonly id: string }).id
}
