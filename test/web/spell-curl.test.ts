import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { spellCurl } from '../../src/web/deliveries/spell-curl.ts'

/** The words that a shell makes of it. */
function wordsOf(command: string, environment: Record<string, string>): string[] {
  const script = command.replace(/^curl/, String.raw`printf '%s\0'`)
  const env = { PATH: process.env['PATH'], ...environment }
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('a shell gives curl exactly what was sent, with the secrets it is told', () => {
  const command = spellCurl({
    url: "https://deploy.example/hooks?it's=$HOME&key=‹secret KEY›",
    headers: [
      ['content-type', 'application/json'],
      ['authorization', 'Bearer ‹secret ACCESS_TOKEN›'],
      ['content-length', '12'],
      ['x-note', '`rm -rf /` "quoted" \\ $(id)'],
    ],
    body: '{"a": "it\'s\nhere", "token": "‹secret ACCESS_TOKEN›"}',
  })
  expect(wordsOf(command, { ACCESS_TOKEN: 'a "token"', KEY: 'k' })).toEqual([
    '--request',
    'POST',
    "https://deploy.example/hooks?it's=$HOME&key=k",
    '--header',
    'content-type: application/json',
    '--header',
    'authorization: Bearer a "token"',
    '--header',
    'x-note: `rm -rf /` "quoted" \\ $(id)',
    '--data-binary',
    '{"a": "it\'s\nhere", "token": "a "token""}',
  ])
})
