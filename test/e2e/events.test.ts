import { expect, test } from 'vitest'
import { expectAccessible, useBrowser, waitUntilLoaded } from './use-browser.ts'

const browser = useBrowser()

test('an event says what variables stand for, what else happened there, and of any automation why it did not fire', async () => {
  const { page, complaints } = await browser.visit()
  await browser.signIn(page)
  const ask = async (path: string, data: unknown) => {
    const answer = await page.request.post(`/api/v1${path}`, { data })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  await ask('/projects', { team: 'vision', name: 'elsewhere' })
  const action = { type: 'no_op' }
  await ask('/projects/elsewhere/automations', { name: 'Of elsewhere', event_type: 'CUSTOM', action })

  await page.goto(`/events/${browser.story.event}`)
  const data = page.getByRole('region', { name: 'Data' })
  await data.getByRole('row', { name: /\$\{alias\}.*production/ }).waitFor()
  await data.getByRole('row', { name: /\$\{artifact_version_string\}.*churn-model:production/ }).waitFor()
  const neighbors = page.getByRole('region', { name: 'What else happened' })
  await neighbors.getByRole('link').first().waitFor()

  await page.getByRole('button', { name: 'Another automation…' }).click()
  await page.getByLabel('Another automation…').selectOption({ label: 'Of elsewhere · vision/elsewhere' })
  await page.getByText('Did not exist yet').waitFor()
  await page.reload()
  await page.getByText('it was created after the event').waitFor()
  await waitUntilLoaded(page)
  await expectAccessible(page, 'an event')
  await neighbors.getByRole('link').first().click()
  await page.waitForURL((url) => !url.pathname.endsWith(browser.story.event))
  await page.getByRole('region', { name: 'What else happened' }).getByRole('link').first().waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})
