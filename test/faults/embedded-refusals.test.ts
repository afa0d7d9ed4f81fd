import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { silentLog } from '../../src/server/base/log.ts'
import { findPostgresPackage } from '../../src/server/database/embedded/find-binaries.ts'
import { startEmbedded } from '../../src/server/database/embedded/start-embedded.ts'
import { unpackBinaries } from '../../src/server/database/embedded/unpack-binaries.ts'
import { makeTemporaryFolder } from '../support/temporary-folder.ts'

// What is wrong with the machine, the programs or the folder is said at once, not after the retries of a start.

const isRoot = process.getuid?.() === 0
const runnerFile = new URL('../support/run-embedded.ts', import.meta.url).pathname

const programsFolder = mkdtempSync(join(tmpdir(), 'signalbox-programs-'))
execFileSync('chmod', ['755', programsFolder])
const binFolder = join(unpackBinaries(findPostgresPackage(), programsFolder), 'bin')
afterAll(() => rmSync(programsFolder, { recursive: true, force: true }))

function start(dataFolder: string, binariesFolder?: string) {
  return startEmbedded({ dataFolder, binariesFolder, log: silentLog, now: new Date() })
}

function notRun(why: string): void {
  process.stdout.write(`not run: ${why} (${expect.getState().currentTestName})\n`)
}

/** A folder that says it has a database, of whoever we are. */
function makeSeemingDatabase(): string {
  const folder = makeTemporaryFolder()
  mkdirSync(join(folder, 'pg'))
  writeFileSync(join(folder, 'pg/PG_VERSION'), '18\n')
  return folder
}

test("named programs run in place of the package's, which is not unpacked; a second stop is as good as the first", async () => {
  const folder = makeTemporaryFolder()
  const database = await start(folder, binFolder)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  expect((await client.query('show data_directory')).rows).toEqual([{ data_directory: join(folder, 'pg') }])
  await client.end()
  expect(readdirSync(folder)).not.toContain('runtime')
  const both = [database.stop(), database.stop()]
  await Promise.all(both)
  await database.stop()
  // The lock is free again, too.
  await expect(start(folder, '/nowhere')).rejects.toMatchObject({ code: 'programs-unusable' })
})

test.each(['an empty folder', 'a database'])('named programs that are not there, for %s', async (content) => {
  const folder = content === 'a database' ? makeSeemingDatabase() : makeTemporaryFolder()
  await expect(start(folder, '/nowhere')).rejects.toMatchObject({
    code: 'programs-unusable',
    message: expect.stringContaining('/nowhere') as string,
    try: expect.stringContaining('SIGNALBOX_PG_BIN') as string,
  })
})

test('a database that another user made is refused', async () => {
  if (!isRoot) return notRun('not root')
  const folder = makeSeemingDatabase()
  chownSync(join(folder, 'pg'), 54_321, 54_321)
  await expect(start(folder, binFolder)).rejects.toMatchObject({
    code: 'other-owner',
    message: expect.stringContaining('the user id 54321') as string,
  })
})

test('a folder pg with something else in it is refused and left as it is', async () => {
  const folder = makeTemporaryFolder()
  mkdirSync(join(folder, 'pg'))
  writeFileSync(join(folder, 'pg/precious'), 'kept')
  await expect(start(folder, binFolder)).rejects.toThrow('holds files, and no database')
  expect(readdirSync(join(folder, 'pg'))).toEqual(['precious'])
})

test('a disk from which nothing may be run is named as the reason', async () => {
  const disk = makeTemporaryFolder()
  const options = 'size=200m,mode=0755,noexec'
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], { stdio: 'ignore' }).status !== 0)
    return notRun('mounting is not allowed')
  onTestFinished(() => void execFileSync('umount', [disk]))
  await expect(start(join(disk, 'data'))).rejects.toMatchObject({
    code: 'programs-unusable',
    message: expect.stringContaining('noexec') as string,
  })
})

test('a root that may not become nobody, as in a container without capabilities, is told so', () => {
  if (!isRoot) return notRun('not root')
  const without = '-setuid,-setgid,-chown'
  const limited = (...command: string[]) =>
    spawnSync('env', ['setpriv', '--bounding-set', without, '--inh-caps', without, ...command], { encoding: 'utf8' })
  if (limited('true').status !== 0) return notRun('setpriv cannot take capabilities away')
  const { stdout } = limited(process.execPath, runnerFile, makeTemporaryFolder())
  expect(JSON.parse(stdout)).toMatchObject({ event: 'refused', code: 'user-refused' })
})
