import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { launcher } from './run-cli.ts'

test.each([
  ['0.12.18', 2],
  ['20.20.2', 2],
  ['24.6.9', 2],
  ['24.7.0', 0],
  ['26.0.0', 0],
])('on Node %s it ends with %d: an old one is told what to do', (version, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-launcher-'))
  const disguise = join(folder, 'disguise.cjs')
  writeFileSync(disguise, `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`)
  const ran = spawnSync(process.execPath, ['--require', disguise, launcher, '--version'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect(ran.status).toBe(code)
  if (code === 0) return expect(ran.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(ran.stderr).toContain(`this is Node ${version}`)
  expect(ran.stderr).toMatch(/^try: in the repository, npm start .*; installed, npx signalbox, or install Node 24\.7/m)
})

// It was run by Node 0.12, 4, 8, 10 and 12; here it is enough that nobody makes it newer.
test('it holds no syntax that an old Node could not read', () => {
  const code = readFileSync(launcher, 'utf8').replaceAll(/^#!.*|\/\/.*|'[^']*'/gm, '')
  expect(code).not.toMatch(/\b(const|let|class|import|export|await|async)\b|=>|`|\?\?|\?\./)
})
