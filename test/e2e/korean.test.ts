import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { chooseWebhook } from './choose-webhook.ts'
import { expectAccessible, useBrowser } from './use-browser.ts'

// What goes wrong is told by the server, in English: a reader of Korean meets none of it.

let gone: Receiver
beforeAll(async () => {
  gone = await startReceiver()
})

const browser = useBrowser(() => ({ SIGNALBOX_ALLOWED_TARGETS: gone.target }))
let page: Page
beforeAll(async () => {
  ;({ page } = await browser.visit({ locale: 'ko-KR' }))
  await page.request.post('/api/v1/session', { data: { name: 'ada', password: browser.password } })
})
afterAll(() => page.context().close())

const main = () => page.getByRole('main')
const dialog = (name: string) => page.getByRole('dialog', { name })

test('a wizard with mistakes tells them in Korean, and mends what it can', async () => {
  await page.goto('/automations/new')
  await page.getByLabel('프로젝트 또는 registry').last().selectOption({ label: 'example/wandb-registry-models' })
  await page.getByLabel('아티팩트 에일리어스가 추가됨').check()
  await page.getByLabel('에일리어스 정규식').fill('[staging')
  await main().getByText('정규식이 아니에요: 닫는 ]가 없어요').first().waitFor()
  await expectNoEnglish('a wrong pattern')
  await page.getByLabel('에일리어스 정규식').fill('^staging$')
  await main().getByText('기대한 값은 /^staging$/').first().waitFor()
  await expectNoEnglish('events that would not fire it')
  await page.getByRole('button', { name: '다음 단계' }).click()
  await chooseWebhook(page, 'example receiver', 'webhook')
  await page.locator('.cm-content').fill('{"by": ${event_author}, "by": 1 2}')
  await main().getByText('키가 두 번 있어요').waitFor()
  await page.locator('.cm-content').fill('{"by": "${event_autor}", "at": "${metric_name}"}')
  await main().getByText('`${event_autor}`는 변수도, webhook에 허용된 secret도 아니에요.').waitFor()
  await main().getByText('event에서 `${metric_name}`는 빈 값이에요.').waitFor()
  await page.locator('.cm-lintRange-error, .cm-lintRange-warning').first().hover()
  await page.locator('.cm-tooltip-lint').waitFor()
  await expectNoEnglish('mistakes in a template')
  await page.getByRole('button', { name: 'event_author 쓰기' }).click()
  await page.getByRole('button', { name: '다음 단계' }).click()
  await page.getByLabel('자동화 이름').fill('Deploy to production')
  await page.getByRole('button', { name: '자동화 만들기' }).click()
  await main().getByText('“Deploy to production” 이름은 이미 쓰고 있어요.').first().waitFor()
  await expectNoEnglish('a name that is taken')
})

test('a refused name, address and test of a webhook are told in Korean, with what to try', async () => {
  await page.goto('/teams/vision/webhooks')
  await page.getByRole('button', { name: 'webhook 추가' }).click()
  const form = dialog('webhook 추가')
  await form.getByLabel('이름', { exact: true }).fill('no/name')
  await form.getByLabel('엔드포인트 URL').fill('http://10.0.0.2/hook')
  await form.getByRole('button', { name: 'webhook 저장' }).click()
  await form.getByText('이름에는 글자, 숫자, -, _를 쓰고').first().waitFor()
  await form.getByText('10.0.0.2는 사설 주소예요.').first().waitFor()
  await expectNoEnglish('a refused webhook')
  await form.getByLabel('이름', { exact: true }).fill('gone')
  await form.getByLabel('엔드포인트 URL').fill(`${gone.url}/hook`)
  await gone.close()
  await form.getByRole('button', { name: '테스트', exact: true }).click()
  const panel = dialog('gone 테스트')
  await panel.getByRole('button', { name: 'webhook 테스트' }).click()
  await panel.getByText('연결이 거부됐어요.').waitFor()
  await panel.getByText('해 볼 것: 호스트와 포트가 맞는지').waitFor()
  await panel.getByText('저장하기 전에는 webhook에 서명 secret이 없어요.').waitFor()
  await expectNoEnglish('a failed test')
  await panel.getByRole('button', { name: '닫기' }).click()
  await page.goto('/teams/vision/secrets')
  await page.getByRole('button', { name: 'secret 추가' }).click()
  await dialog('secret 추가').getByLabel('secret 이름').fill('alias')
  await dialog('secret 추가').getByLabel('secret 값', { exact: true }).fill('x')
  await dialog('secret 추가').getByRole('button', { name: 'secret 저장' }).click()
  await dialog('secret 추가').getByText('`alias`는 페이로드 변수예요.').waitFor()
  await expectNoEnglish('a refused secret')
})

test('why an event fired nothing is told in Korean', async () => {
  await page.goto('/registries/models/churn-model?version=v0')
  await page.getByRole('dialog').getByRole('textbox', { name: '에일리어스', exact: true }).fill('bad/alias')
  await page.getByRole('dialog').getByRole('button', { name: '에일리어스 추가' }).click()
  await page.getByRole('dialog').getByText('에일리어스에는 / : 기호와 줄바꿈을 쓸 수 없어요.').waitFor()
  await page.getByRole('dialog').getByRole('textbox', { name: '에일리어스', exact: true }).fill('candidate')
  await page.getByRole('dialog').getByRole('button', { name: '에일리어스 추가' }).click()
  await page.getByRole('dialog').getByText('아티팩트 에일리어스가 추가됨: candidate').click()
  await page.getByRole('heading', { level: 1, name: '아티팩트 에일리어스가 추가됨: candidate' }).waitFor()
  await main().getByText('alias 값은 "candidate", 기대한 값은 ').first().waitFor()
  await expectNoEnglish('why not')
  await page.goto('/history')
  await main().getByRole('link', { name: 'Deploy to production' }).first().waitFor()
  await expectNoEnglish('the history')
})

test('what a refusal means is told in Korean, also to who is not signed in', async () => {
  const visitor = await browser.visit({ locale: 'ko-KR' })
  await visitor.page.goto('/problems/not-allowed')
  await visitor.page.getByRole('heading', { level: 1, name: '권한이 없어요' }).waitFor()
  await visitor.page.getByText('볼 수는 있지만 바꾸려면 다른 역할이 필요해요.').waitFor()
  await visitor.page.getByRole('link', { name: '모든 문제 유형' }).click()
  await visitor.page.getByRole('link', { name: '사용 중이에요' }).waitFor()
  await expectAccessible(visitor.page, 'all problems')
  expect(visitor.complaints).toEqual([])
  await visitor.page.context().close()
})

/** Three English words in a row, in the page, its dialogs and its notes; but for code, and for names people gave. */
async function expectNoEnglish(what: string): Promise<void> {
  const shown = await page.evaluate<string[]>(`
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode() !== null)
      if (walker.currentNode.parentElement.closest('code, pre, script, style, textarea, .cm-content') === null)
        texts.push(walker.currentNode.textContent)
    texts`)
  expect(shown.length, what).toBeGreaterThan(10)
  const named = /Deploy to production|example receiver|“[^”]*”|"[^"]*"|`[^`]*`/g
  const english = shown.filter((text) => /(?:[A-Za-z]{2,}[,;:]? ){2,}[A-Za-z]{2,}/.test(text.replaceAll(named, '')))
  expect(english, what).toEqual([])
}
