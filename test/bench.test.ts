import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { makeTemporaryFolder } from './support/temporary-folder.ts'

const run = promisify(execFile)
const program = new URL('../bench/main.ts', import.meta.url).pathname

/** As small as it gets: whether it runs from end to end, and never how fast. */
const tiny = ['--rounds', '1', '--seconds', '1', '--connections', '4', '--requests-at-once', '8']

test('the bench measures the product beside its ceiling, loses nothing on the way, and tells both in a table and as JSON', async () => {
  const file = join(makeTemporaryFolder(), 'figures.json')
  const order = ['--only', 'throughput', '--only', 'verb', ...tiny, '--json', file, '--database', inject('serverUrl')]
  const { stdout } = await run(process.execPath, [program, ...order])
  const figures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]
  const measured = { value: expect.any(Number), ceiling: expect.any(Number), ratio: expect.any(Number) }
  const judged = { goal: 'ratio ≥ 0.6', pass: expect.any(Boolean) }
  expect(figures).toEqual([
    { name: 'throughput', unit: 'events/s', ...measured, ...judged },
    { name: 'verb', unit: 'aliases/s', ...measured, ...judged },
  ])
  expect(stdout).toMatch(/^name +value +unit +ceiling +ratio +goal +pass\n.*\nthroughput +\d.*\nverb +\d/)
})

test('a bench that there is not is refused, with the names of those that there are', async () => {
  const refused = run(process.execPath, [program, '--only', 'warp'])
  await expect(refused).rejects.toMatchObject({ stderr: expect.stringMatching(/no bench is named warp.*throughput/) })
})
