import type { Page } from 'playwright-core'

/** In the wizard, by the name it has there. */
export async function chooseWebhook(page: Page, name: string, label = 'Webhook'): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name }).click()
}
