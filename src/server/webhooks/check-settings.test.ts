import { expect, test } from 'vitest'
import { NewWebhook } from '../../contract/webhook.ts'
import { checkSettings } from './check-settings.ts'

const secrets = new Set(['GITHUB_TOKEN', 'SLACK_PATH', 'SHARED'])
const check = (settings: object) =>
  checkSettings(NewWebhook.parse({ name: 'hook', url: 'https://example.com/hook', ...settings }), secrets, false)

test('settings that name what there is pass', () => {
  expect(
    check({
      url: 'https://hooks.example.com/services/${SLACK_PATH}?a=${ACCESS_TOKEN}',
      access_token: 'GITHUB_TOKEN',
      secret: 'SHARED',
      granted_secrets: ['SLACK_PATH'],
      headers: [
        { name: 'X-Token', value: 'Key ${SHARED}' },
        { name: 'Accept', value: 'application/vnd.github+json' },
      ],
    }),
  ).toEqual([])
})

test('every mistake is found at once, each with its place and the name that was probably meant', () => {
  const mistakes = check({
    url: 'https://${SLACK_PATH}/x/${GITHUB_TOKEM}',
    access_token: 'GITHUB_TOKN',
    secret: 'NOPE',
    granted_secrets: ['SLACK_PATH', 'SHARD'],
    headers: [
      { name: 'Host', value: 'x' },
      { name: 'X-A', value: '${GITHUB_TOKEN}' },
      { name: 'X-B', value: 'a\nb' },
      { name: 'Webhook-Signature', value: 'v1,x' },
    ],
  })
  expect(mistakes.map(({ pointer }) => pointer)).toEqual([
    '#/access_token',
    '#/secret',
    '#/granted_secrets/1',
    '#/url',
    '#/url',
    '#/headers/0/name',
    '#/headers/1/value',
    '#/headers/2/value',
    '#/headers/3/name',
  ])
  expect(mistakes[0]!.detail).toBe('There is no secret “GITHUB_TOKN”. Did you mean “GITHUB_TOKEN”?')
  expect(mistakes[3]).toMatchObject({ line: 1, column: 9 })
})

test('a slot takes granted secrets only, and the access token only where there is one', () => {
  expect(check({ url: 'https://example.com/${SHARED}' })).toHaveLength(1)
  expect(check({ url: 'https://example.com/${SHARED}', granted_secrets: ['SHARED'] })).toEqual([])
  expect(check({ url: 'https://example.com/${ACCESS_TOKEN}' })).toHaveLength(1)
  expect(check({ url: 'https://example.com/${GITHUB_TOKEN}', access_token: 'GITHUB_TOKEN' })).toHaveLength(1)
})
