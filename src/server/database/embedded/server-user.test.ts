import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { requireOwner, requireReachable } from './server-user.ts'

const stranger = { uid: 54_321, gid: 54_321 }

test.each([
  [0o711, true],
  [0o755, true],
  [0o710, false],
  [0o750, false],
  [0o700, false],
])('a folder of mode %o, by a user who neither owns it nor is of its group: passed %s', (mode, passes) => {
  const closed = makeTemporaryFolder()
  const folder = join(closed, 'between/data')
  mkdirSync(folder, { recursive: true })
  chmodSync(closed, mode)
  const ask = () => requireReachable(folder, stranger)
  if (passes) expect(ask).not.toThrow()
  else expect(ask).toThrow(`cannot pass ${closed} to reach`)
  expect(() => requireReachable(folder, undefined)).not.toThrow()
})

test("the folder's own group passes by the group's right", () => {
  if (process.getuid?.() !== 0) {
    process.stdout.write("not run: not root (the folder's own group passes by the group's right)\n")
    return
  }
  const folder = makeTemporaryFolder()
  chownSync(folder, 0, stranger.gid)
  chmodSync(folder, 0o710)
  expect(() => requireReachable(folder, stranger)).not.toThrow()
})

test('data of another user is refused, with both and how to hand it over', () => {
  const folder = makeTemporaryFolder()
  expect(() => requireOwner(folder, undefined)).not.toThrow()
  expect(() => requireOwner(folder, stranger)).toThrow(
    expect.objectContaining({
      code: 'other-owner',
      message: expect.stringContaining(
        `the user id ${process.getuid?.()}, and would be run by the user id 54321`,
      ) as string,
      try: expect.stringContaining(`chown -R 54321:54321 ${folder}`) as string,
    }),
  )
})
