import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { lockFolder } from './lock-folder.ts'

const now = new Date('2026-03-01T12:00:00.000Z')

test('a locked folder is refused, with the process that holds it and since when; let go, it can be locked again', () => {
  const folder = makeTemporaryFolder()
  const lock = lockFolder(folder, now)
  expect(() => lockFolder(folder, new Date())).toThrow(
    expect.objectContaining({
      code: 'folder-locked',
      message: expect.stringContaining(`process ${process.pid}, since 2026-03-01T12:00:00.000Z`) as string,
    }),
  )
  lock.release()
  lockFolder(folder, now).release()
})

test('the lock of a holder that was killed is free at once, whatever its file says', async () => {
  const folder = makeTemporaryFolder()
  const source = new URL('lock-folder.ts', import.meta.url).href
  const code = `import { lockFolder } from ${JSON.stringify(source)}
    globalThis.lock = lockFolder(${JSON.stringify(folder)}, new Date()); console.log('locked'); process.stdin.resume()`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  expect(() => lockFolder(folder, now)).toThrow(`process ${holder.pid}, since`)
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(existsSync(join(folder, 'holder.json'))).toBe(true)
  lockFolder(folder, now).release()
})

test('a lost or broken holder file does not open the lock', () => {
  const folder = makeTemporaryFolder()
  const lock = lockFolder(folder, now)
  writeFileSync(join(folder, 'holder.json'), '{"pid": ')
  expect(() => lockFolder(folder, now)).toThrow('process unknown, since an unknown time')
  lock.release()
})

test('a folder that cannot be written is refused as such', () => {
  if (process.getuid?.() === 0) {
    process.stdout.write('not run: root may write everywhere (a folder that cannot be written is refused as such)\n')
    return
  }
  const folder = makeTemporaryFolder()
  chmodSync(folder, 0o555)
  expect(() => lockFolder(folder, now)).toThrow(expect.objectContaining({ code: 'folder-unreachable' }))
})
