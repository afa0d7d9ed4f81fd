import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeClient } from './support/client.ts'
import { waitFor } from './support/wait-for.ts'

const run = promisify(execFile)
const root = new URL('..', import.meta.url).pathname

test('what is published installs into an empty folder, delivers its first webhook there, and leaves nothing running', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-package-'))
  try {
    // As root the database runs as nobody, who has to reach its data.
    await chmod(folder, 0o755)
    await run('npm', ['pack', '--pack-destination', folder], { cwd: root, maxBuffer: 64 * 1024 * 1024 })
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }))
    await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball!)], {
      cwd: folder,
    })
    // Only what was built is published: no sources, no tests.
    expect(existsSync(join(folder, 'node_modules/signalbox/src'))).toBe(false)

    const child = spawn('npx', ['signalbox', 'try', '--json', '--data', join(folder, 'data'), '--port', '0'], {
      cwd: folder,
      detached: true,
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const line = await waitFor('the line', () => /^\{.*\}$/m.exec(said)?.[0], 90_000).catch((error: unknown) => {
      throw new Error(`it said: ${said}`, { cause: error })
    })
    const { url, api_key } = JSON.parse(line) as { url: string; api_key: string }
    expect(await makeClient(url, api_key).must('GET', '/me')).toMatchObject({ name: 'ada' })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)

    const postmaster = Number((await readFile(join(folder, 'data/pg/postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(-child.pid!, 'SIGTERM')
    await ended
    await waitFor('the database to be gone', () => !isAlive(postmaster), 30_000)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 240_000)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
