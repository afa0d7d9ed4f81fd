import { lstatSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { makeSocketFolder } from './socket-folder.ts'

// As an ordinary user would get it; for root the first choice is below /run.
function makeFor(dataFolder: string, runtimeFolder: string | undefined): string {
  const folder = makeSocketFolder(dataFolder, undefined, runtimeFolder)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function asOrdinaryUser(): void {
  const uid = process.getuid!()
  const getuid = vi.spyOn(process, 'getuid')
  // The first question is whether we are root, the others whose folder it is.
  getuid.mockReturnValueOnce(12_345).mockReturnValue(uid)
  onTestFinished(() => getuid.mockRestore())
}

test('the socket lies below the runtime folder, in a folder for its owner only, the same at every start', () => {
  const runtimeFolder = makeTemporaryFolder()
  asOrdinaryUser()
  const folder = makeFor('/data/one', runtimeFolder)
  expect(folder.startsWith(`${runtimeFolder}/signalbox/`)).toBe(true)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  asOrdinaryUser()
  expect(makeFor('/data/one', runtimeFolder)).toBe(folder)
  asOrdinaryUser()
  expect(makeFor('/data/two', runtimeFolder)).not.toBe(folder)
})

test("a runtime folder too long for a socket's address is passed over", () => {
  const runtimeFolder = join(makeTemporaryFolder(), 'long'.repeat(20))
  mkdirSync(runtimeFolder)
  asOrdinaryUser()
  const folder = makeFor('/data/one', runtimeFolder)
  expect(folder.startsWith(runtimeFolder)).toBe(false)
  expect(Buffer.byteLength(`${folder}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107)
})

test('a link that somebody laid where the folder would be is not followed', () => {
  const runtimeFolder = makeTemporaryFolder()
  const elsewhere = makeTemporaryFolder()
  asOrdinaryUser()
  const folder = makeFor('/data/one', runtimeFolder)
  rmSync(folder, { recursive: true })
  symlinkSync(elsewhere, folder)
  asOrdinaryUser()
  const other = makeFor('/data/one', runtimeFolder)
  expect(other).not.toBe(folder)
  expect(lstatSync(other).isDirectory()).toBe(true)
})
