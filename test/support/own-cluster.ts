import { execFile } from 'node:child_process'
import { chown, mkdtemp, readdir, readFile, rm, appendFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL of the test's own, from the programs of the machine: to be restarted, killed and promoted. */
export interface OwnCluster {
  readonly url: string
  readonly port: number
  readonly folder: string
  /** Resolves when it accepts connections. */
  start(): Promise<void>
  /** As a restart of the machine's service does it: sessions are ended, then the server. */
  stop(mode: 'fast' | 'immediate'): Promise<void>
  /** The postmaster and all of its processes, with kill -9. */
  kill(): Promise<void>
  promote(): Promise<void>
  remove(): Promise<void>
}

const run = promisify(execFile)

/** PostgreSQL refuses to run as root, and its package brings a user. */
const asPostgres: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []

export interface ClusterPlace {
  /** An empty folder that whoever runs the database can reach; it is given to them. */
  readonly folder?: string
  /** The log that is written ahead, elsewhere than the data. */
  readonly logFolder?: string
  /** For the environment of the server. */
  readonly environment?: Readonly<Record<string, string>>
}

export async function makeCluster(
  settings: Readonly<Record<string, string>> = {},
  { folder: given, logFolder, environment }: ClusterPlace = {},
): Promise<OwnCluster> {
  const folder = given ?? (await aFolder())
  for (const one of [given, logFolder]) if (one !== undefined) await giveAway(one)
  await program('initdb', [
    ...(logFolder === undefined ? [] : ['--waldir', logFolder]),
    '-D',
    folder,
    '-U',
    'postgres',
    '--auth=trust',
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ])
  return clusterIn(folder, settings, environment)
}

/** A standby that follows the primary, which must name it in `synchronous_standby_names`. */
export async function makeStandby(primary: OwnCluster, name: string): Promise<OwnCluster> {
  const folder = await aFolder()
  const source = `host=127.0.0.1 port=${primary.port} user=postgres application_name=${name}`
  await program('pg_basebackup', [
    '-D',
    folder,
    '-d',
    source,
    '--checkpoint=fast',
    '--write-recovery-conf',
    '--no-sync',
  ])
  return clusterIn(folder, {})
}

async function clusterIn(
  folder: string,
  settings: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnCluster> {
  const port = await aFreePort()
  const lines = Object.entries({ listen_addresses: '127.0.0.1', unix_socket_directories: folder, port, ...settings })
  await appendFile(join(folder, 'postgresql.conf'), lines.map(([name, value]) => `\n${name} = '${value}'`).join(''))
  const control = (...args: string[]) =>
    program('pg_ctl', ['-D', folder, '-l', join(folder, 'log'), '-w', '-t', '60', ...args], environment)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    folder,
    start: () => control('start'),
    stop: (mode) => control('stop', '-m', mode),
    async kill() {
      const postmaster = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
      // Its processes are in a session of their own.
      process.kill(-postmaster, 'SIGKILL')
    },
    promote: () => control('promote'),
    async remove() {
      await control('stop', '-m', 'immediate').catch(() => {}) // It may be down already.
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function program(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  // Only of the program: whoever sets the user must not be touched by it.
  const variables = Object.entries(environment).map(([variable, value]) => `${variable}=${value}`)
  const [command, ...rest] = [...asPostgres, 'env', ...variables, join(await binFolder(), name), ...args]
  await run(command!, rest, { cwd: '/' })
}

async function binFolder(): Promise<string> {
  const base = '/usr/lib/postgresql'
  const versions = (await readdir(base).catch(() => []))
    .map(Number)
    .filter(Number.isInteger)
    .toSorted((a, b) => b - a)
  if (versions.length === 0)
    throw new Error('these tests restart a PostgreSQL of their own: apt-get install postgresql pgbouncer')
  return `${base}/${versions[0]}/bin`
}

/** Whoever runs the database owns it. */
async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-cluster-'))
  await giveAway(folder)
  return folder
}

async function giveAway(folder: string): Promise<void> {
  if (asPostgres.length === 0) return
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (of) => Number((await run('id', [of, 'postgres'])).stdout)),
  )
  await chown(folder, uid!, gid!)
}

async function aFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** PgBouncer in transaction mode, before a cluster. */
export async function startBouncer(cluster: OwnCluster): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = await aFolder()
  const port = await aFreePort()
  const file = join(folder, 'pgbouncer.ini')
  const pidFile = join(folder, 'pid')
  await writeFile(
    file,
    `[databases]
* = host=127.0.0.1 port=${cluster.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
server_login_retry = 1
pool_mode = transaction
default_pool_size = 10
pidfile = ${pidFile}
logfile = ${join(folder, 'log')}
`,
  )
  const [command, ...args] = [...asPostgres, '/usr/sbin/pgbouncer', '--daemon', file]
  await run(command, args, { cwd: '/' }).catch((cause: unknown) => {
    throw new Error('PgBouncer does not start: apt-get install pgbouncer', { cause })
  })
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      process.kill(Number(await readFile(pidFile, 'utf8')), 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
