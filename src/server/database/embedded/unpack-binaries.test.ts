import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { unpackBinaries } from './unpack-binaries.ts'

/** As npm leaves it: no links, and nothing executable. */
function makePackage(version: string): { version: string; nativeFolder: string } {
  const nativeFolder = makeTemporaryFolder()
  for (const folder of ['bin', 'lib']) mkdirSync(join(nativeFolder, folder))
  writeFileSync(join(nativeFolder, 'bin/postgres'), 'program', { mode: 0o644 })
  writeFileSync(join(nativeFolder, 'lib/libpq.so.5.18'), 'library', { mode: 0o644 })
  writeFileSync(join(nativeFolder, 'lib/private.so'), 'library', { mode: 0o600 })
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]
  writeFileSync(join(nativeFolder, 'pg-symlinks.json'), JSON.stringify(links))
  return { version, nativeFolder }
}

function look(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((path) => `${path} ${(statSync(join(folder, path)).mode & 0o777).toString(8)}`)
}

test('programs can be run and libraries read by everybody, links are made, and the package stays as it was', () => {
  const source = makePackage('18.1.0')
  const before = look(source.nativeFolder)
  const folder = unpackBinaries(source, makeTemporaryFolder())
  expect(statSync(join(folder, 'bin/postgres')).mode & 0o777).toBe(0o755)
  expect(statSync(join(folder, 'lib/private.so')).mode & 0o777).toBe(0o644)
  expect(readlinkSync(join(folder, 'lib/libpq.so.5'))).toBe('libpq.so.5.18')
  expect(readFileSync(join(folder, 'lib/libpq.so.5'), 'utf8')).toBe('library')
  expect(look(source.nativeFolder)).toEqual(before)
})

test('what a killed start and other versions left goes; what is whole is left alone', () => {
  const dataFolder = makeTemporaryFolder()
  const runtimeFolder = join(dataFolder, 'runtime')
  unpackBinaries(makePackage('18.1.0'), dataFolder)
  mkdirSync(join(runtimeFolder, '18.2.0.0123456789ab/bin'), { recursive: true })
  const folder = unpackBinaries(makePackage('18.2.0'), dataFolder)
  expect(readdirSync(runtimeFolder)).toEqual(['18.2.0'])
  writeFileSync(join(folder, 'mark'), '')
  unpackBinaries(makePackage('18.2.0'), dataFolder)
  expect(existsSync(join(folder, 'mark'))).toBe(true)
})

test('a package that cannot be unpacked leaves nothing that a later start would take for whole', () => {
  const dataFolder = makeTemporaryFolder()
  const source = makePackage('18.1.0')
  writeFileSync(join(source.nativeFolder, 'pg-symlinks.json'), '[{"source": ')
  expect(() => unpackBinaries(source, dataFolder)).toThrow(SyntaxError)
  expect(readdirSync(join(dataFolder, 'runtime'))).toEqual([])
})
