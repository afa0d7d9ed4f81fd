import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { requirePrograms } from './require-programs.ts'

function makePrograms(script: string, mode = 0o755): string {
  const folder = makeTemporaryFolder()
  writeFileSync(join(folder, 'postgres'), `#!/bin/sh\n${script}\n`, { mode })
  return folder
}

test.each([
  'postgres (PostgreSQL) 18.4',
  'postgres (PostgreSQL) 18beta1',
  'postgres (PostgreSQL) 18.1 (Debian 18.1-1.pgdg13+2)',
])('programs of this version are taken: %s', (said) => {
  expect(() => requirePrograms(makePrograms(`echo '${said}'`), undefined)).not.toThrow()
})

test.each([
  ['echo "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"', 'are of PostgreSQL 15, and PostgreSQL 18 is needed'],
  ['echo "postgres (PostgreSQL) 9.6.18"', 'are of PostgreSQL 9, and'],
  ['echo hello', 'are of PostgreSQL (unknown), and'],
  ['echo "version GLIBC_2.38 not found" >&2; exit 1', 'do not run: version GLIBC_2.38 not found'],
])('programs that are not, or that do not run, are refused with the reason: %s', (script, message) => {
  expect(() => requirePrograms(makePrograms(script), undefined)).toThrow(
    expect.objectContaining({ code: 'programs-unusable', message: expect.stringContaining(message) as string }),
  )
})

test('a folder without programs, and programs without the right to be run, are refused', () => {
  expect(() => requirePrograms(makeTemporaryFolder(), undefined)).toThrow('there is no program postgres')
  expect(() => requirePrograms(makePrograms('exit 0', 0o644), undefined)).toThrow('may not run them')
})
