import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { explainOutput, makeCluster, notStarted, requireNothingIn } from './make-cluster.ts'

test.each([
  ['initdb: error: could not write to file "x": No space left on device', 'disk-full'],
  ['FATAL:  could not write lock file "postmaster.pid": Disk quota exceeded', 'disk-full'],
  ['initdb: error: could not create directory "x": Read-only file system', 'disk-read-only'],
  ['FATAL:  lock file "postmaster.pid" already exists', undefined],
])('what the programs say of the disk is understood: %s', (said, code) => {
  expect(explainOutput(said, '/data')?.code).toBe(code)
})

test('of a long complaint the last lines are told', () => {
  const said = Array.from({ length: 50 }, (_, index) => `line ${index + 1}`).join('\n')
  const { message } = notStarted('it did not', said)
  expect(message).toContain('line 50')
  expect(message).not.toContain('line 42')
})

test('a folder of the name with something else in it is left alone; an empty one is taken', () => {
  const folder = makeTemporaryFolder()
  expect(() => requireNothingIn(join(folder, 'missing'))).not.toThrow()
  expect(() => requireNothingIn(folder)).not.toThrow()
  writeFileSync(join(folder, 'precious'), '')
  expect(() => requireNothingIn(folder)).toThrow(`${folder} holds files, and no database`)
})

test.each(['a"b', 'a$(id)', 'a`id`', 'a\\b'])('a path that a shell would read as something else: %s', async (name) => {
  const folder = join(makeTemporaryFolder(), name)
  mkdirSync(folder)
  await expect(makeCluster(folder, join(folder, 'bin'), undefined, 'p')).rejects.toThrow('the path')
  expect(readdirSync(folder)).toEqual([])
})
