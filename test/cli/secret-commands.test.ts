import { expect, test } from 'vitest'
import { useSignalbox } from '../support/signalbox.ts'
import { useCommands } from './use-commands.ts'

const signalbox = useSignalbox()
const { done, json, refused, typed } = useCommands(signalbox)

const pem = '-----BEGIN KEY-----\n  QUJD\n-----END KEY-----'

async function valueSent(webhook: string, secret: string): Promise<unknown> {
  await done(`webhooks test ${webhook} --payload '{"value": "\${${secret}}"}'`)
  return JSON.parse(signalbox.current.receiver.requests.at(-1)!.body.toString()).value
}

test('a value is taken from standard input whole, line by line, and never from an argument', async () => {
  expect(await done('secrets create PEM', `${pem}\n`)).not.toContain('QUJD')
  expect(JSON.stringify(await json('secrets create TOKEN', 'tok-first\r\n'))).not.toContain('tok-')
  const { webhook, receiver } = await makeWebhookWith('PEM')
  expect(await valueSent(webhook, 'PEM')).toBe(pem)
  expect(await done('secrets replace PEM', '  another \n\n')).toBe('PEM has its new value.\n')
  expect(await valueSent(webhook, 'PEM')).toBe('  another ')
  expect(receiver.requests).toHaveLength(2)

  expect(await refused('secrets create EMPTY', 2, '\n')).toContain('no value was given')
  expect(await refused('secrets create OTHER tok-argument', 2)).not.toContain('tok-argument')
  expect(await refused('secrets create PEM', 3, 'x')).toMatch(/^This name is taken: [^]*try: another name\n$/)
  await refused('secrets replace NOBODY', 4, 'x')
})

test('the list tells what uses a secret; one in use is deleted by --force only', async () => {
  const { webhook } = await makeWebhookWith('TOKEN')
  expect(await done('secrets list')).toMatch(/^TOKEN +hook with TOKEN +- +\d+ \w ago +-$/m)
  expect(await json('secrets list --limit 1')).toMatchObject({ items: [{}], next: expect.any(String) })
  expect((await done('secrets list --all --json')).trim().split('\n')).toHaveLength(2)

  expect(await refused('secrets delete TOKEN', 2)).toContain('--yes')
  const said = await refused('secrets delete TOKEN --yes', 3)
  expect(said).toMatch(/^The .* is in use: [^]*hook with TOKEN[^]*try: .*--force/)
  expect(await done('secrets delete TOKEN --yes --force')).toBe('TOKEN is deleted.\n')
  expect(await done(`webhooks show ${webhook}`)).toMatch(/^state +misconfigured: /m)
})

test('on a terminal a value is asked for and not shown; Ctrl-C and Ctrl-D give none', async () => {
  const { code, screen } = await typed('secrets create TYPED', 'value: ', 'tok-hidden\r')
  expect([code, screen]).toEqual([0, expect.stringContaining('TYPED is kept.')])
  expect(screen).not.toContain('tok-hidden')
  expect(await valueSent((await makeWebhookWith('TYPED')).webhook, 'TYPED')).toBe('tok-hidden')
  for (const key of ['\u0003', '\u0004']) {
    const ended = await typed('secrets create NEVER', 'value: ', key)
    expect([ended.code, ended.screen]).toEqual([2, expect.stringContaining('no value was given')])
  }
})

test('on a terminal a deletion is asked about; all but yes keeps it, and is no mistake of ours', async () => {
  await done('secrets create KEPT', 'x')
  for (const answer of ['n\r', '\r', '\u0003', '\u0004']) {
    const { code, screen } = await typed('secrets delete KEPT', '[y/N] ', answer)
    expect([answer, code]).toEqual([answer, 3])
    expect(screen).toContain('Delete the secret KEPT of vision? [y/N]')
    expect(screen).toContain('nothing was deleted')
  }
  expect(await done('secrets list')).toContain('KEPT')
  expect(await typed('secrets delete KEPT', '[y/N] ', 'y\r')).toMatchObject({ code: 0 })
  expect(await done('secrets list')).not.toContain('KEPT')
})

test('without --team it is the only one; of several none is guessed', async () => {
  await signalbox.current.admin.must('POST', '/organizations/acme/teams', { name: 'nlp' })
  for (const line of ['secrets list', 'webhooks list', 'projects create other'])
    expect(await refused(line, 2)).toMatch(/you belong to several teams: nlp, vision\ntry: --team/)
  expect(await done('secrets list --team nlp')).toBe('No secrets.\n')
  await refused('secrets list --team nobody', 4)
})

async function makeWebhookWith(secret: string) {
  const { receiver } = signalbox.current
  const { id } = await json(`webhooks create --name 'hook with ${secret}' --to ${receiver.url}/hook --grant ${secret}`)
  return { webhook: id as string, receiver }
}
