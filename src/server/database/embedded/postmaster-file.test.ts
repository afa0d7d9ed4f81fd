import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { findLivingServer, findOrphans, isAlive, makeStale } from './postmaster-file.ts'

function makePgFolder(pidFile: string | undefined): string {
  const folder = join(makeTemporaryFolder(), 'pg')
  mkdirSync(folder)
  if (pidFile !== undefined) writeFileSync(join(folder, 'postmaster.pid'), pidFile)
  return folder
}

const ended = spawnSync(process.execPath, ['-e', '']).pid

test.each([
  ['no file', undefined],
  ['an empty file', ''],
  ['no number', 'abc\n/data\n'],
  ['a group of processes', '-1\n/data\n'],
  ['a process that has ended', `${ended}\n/data\n`],
  ['a process that is something else', `${process.pid}\n/data\n`],
])('%s: no living server', (_, content) => {
  const folder = makePgFolder(content)
  expect(findLivingServer(folder)).toBeUndefined()
  expect(findOrphans(folder)).toEqual([])
})

test('a file that names a living process that is something else comes to name us, and keeps the rest', () => {
  const folder = makePgFolder(`${process.ppid}\n/data\n1790000000\n5432\n`)
  makeStale(folder)
  expect(readFileSync(join(folder, 'postmaster.pid'), 'utf8')).toBe(`${process.pid}\n/data\n1790000000\n5432\n`)
})

test.each([undefined, '', `${ended}\n/data\n`])(
  'a file that names no living process stays as it is (%j)',
  (content) => {
    const folder = makePgFolder(content)
    makeStale(folder)
    if (content !== undefined) expect(readFileSync(join(folder, 'postmaster.pid'), 'utf8')).toBe(content)
  },
)

test('we are alive, and who has ended is not', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(ended)).toBe(false)
})
