import { expect, test } from 'vitest'
import { expectAccessible, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

test('somebody who forgot their password is given a new one, shown once, and is signed out everywhere', async () => {
  const ada = await browser.visit()
  await browser.signIn(ada.page)
  const { page } = ada
  const password = 'correct horse battery'
  for (const [path, data] of [
    ['organizations/example/people', { name: 'wim', password }],
    ['teams/vision/service-accounts', { name: 'ci-bot' }],
  ] as const)
    expect((await page.request.post(`/api/v1/${path}`, { data })).status()).toBe(201)
  expect((await page.request.put('/api/v1/teams/vision/members/wim', { data: { role: 'viewer' } })).ok()).toBe(true)
  const wim = await browser.visit()
  const signIn = async (name: string, secret: string) =>
    (await wim.page.request.post('/api/v1/session', { data: { name, password: secret } })).status()
  expect(await signIn('wim', password)).toBe(200)

  await page.goto('/teams/vision/members')
  await page.getByRole('button', { name: 'Actions of wim' }).click()
  await page.getByRole('menuitem', { name: 'Set a new password' }).click()
  const asked = page.getByRole('alertdialog', { name: 'Set a new password for wim?' })
  await expectAccessible(page, 'the question whether to set a password')
  await asked.getByRole('button', { name: 'Set a new password' }).click()
  const shown = page.getByRole('dialog', { name: 'Set a new password' })
  const given = (await shown.getByText(/^\w{5}(-\w{5}){3}$/).textContent()) ?? ''
  await expectAccessible(page, 'the password that is shown once')
  await shown.getByRole('button', { name: 'I have stored it' }).click()
  expect(await page.getByText(given).count()).toBe(0)
  expect((await wim.page.request.get('/api/v1/me')).status()).toBe(401)
  expect(await signIn('wim', password)).toBe(401)
  expect(await signIn('wim', given)).toBe(200)

  await page.getByRole('button', { name: 'Actions of ada' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).waitFor()
  expect(await page.getByRole('menuitem', { name: 'Set a new password' }).count()).toBe(0)
  await page.keyboard.press('Escape')
  expect(ada.complaints).toEqual([])
  await Promise.all([page.context().close(), wim.page.context().close()])
})

test('a role is changed at once and can be undone; a service account has keys that are listed and revoked', async () => {
  const { page, complaints } = await browser.visit()
  await browser.signIn(page)
  await page.goto('/teams/vision/members')
  const role = page.getByLabel('Role of wim')
  await role.selectOption('member')
  await page.getByText('wim: Member').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => role.inputValue()).toBe('viewer')

  await page.getByRole('button', { name: 'Actions of ci-bot' }).click()
  await page.getByRole('menuitem', { name: 'API keys' }).click()
  await page.getByRole('dialog', { name: 'API keys of ci-bot' }).getByRole('button', { name: 'New API key' }).click()
  const made = page.getByRole('dialog', { name: 'New API key of ci-bot' })
  await made.getByLabel('Name').fill('nightly')
  await made.getByRole('button', { name: 'New API key' }).click()
  await page.getByText(/SIGNALBOX_API_KEY=sbx_/).waitFor()
  await page.getByRole('button', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'Revoke nightly' }).click()
  await page.getByRole('button', { name: 'Revoke', exact: true }).last().click()
  await page.getByText('No API keys yet').waitFor()
  await waitUntilLoaded(page)
  await expectAccessible(page, 'the keys of a service account')
  expect(complaints).toEqual([])
  await page.context().close()
})
