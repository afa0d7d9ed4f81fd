import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from '../test/e2e/find-browser.ts'

// Runs the tests and prints `N passed, N failed` as the last line: all of them, and where there is a browser the pages in
// it; or with arguments what these say. What does not run does not count as passed: a skipped test, a file that cannot be
// loaded and an error outside every test are failures.

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

interface Sum {
  readonly passed: number
  readonly failed: number
}

/** Of each failure so much is said again at the end, where a long log is looked at first. Characters. */
const MAX_SAID_AGAIN = 1_500

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
/** Who asks for tests by name wants the others left out. */
const picksByName = args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg))

/** The pages bring their own database: with another one they would be the same. */
const meetsPages = args.length === 0 && (process.env['SIGNALBOX_TEST_DATABASE_URL'] ?? '') === ''
const hasBrowser = findBrowser() !== undefined

const failures: string[] = []
const sums = [await run(args)]
if (meetsPages && hasBrowser) sums.push(await run(['--config', 'vitest.e2e.config.ts']))
if (meetsPages && !hasBrowser) console.log('e2e not run: no browser')
const passed = sums.reduce((sum, one) => sum + one.passed, 0)
const failed = sums.reduce((sum, one) => sum + one.failed, 0)
for (const said of failures) console.log(said)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function run(given: readonly string[]): Promise<Sum> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-tests-'))
  try {
    const file = join(folder, 'report.json')
    const code = await runVitest([
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...given,
    ])
    return addUp(readReport(file), code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function addUp({ testResults }: Report, code: number): Sum {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const left = picksByName ? [] : tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  for (const { name, assertionResults } of testResults) {
    for (const { status, fullName, failureMessages = [] } of assertionResults) {
      if (status !== 'failed') continue
      const lines = failureMessages.join('\n').split('\n')
      const why = lines
        .filter((line) => !line.includes('node_modules'))
        .join('\n')
        .slice(0, MAX_SAID_AGAIN)
      failures.push(`failed: ${relative(root, name)} > ${fullName}\n${why}`.replaceAll('\n', '\n  '))
    }
  }
  for (const { status, fullName } of left) console.log(`not run (${status}): ${fullName}`)
  for (const { name, message } of unloaded) console.log(`not loaded: ${name}${message === '' ? '' : `: ${message}`}`)
  const passing = tests.filter(({ status }) => status === 'passed').length
  const failing = tests.filter(({ status }) => status === 'failed').length + left.length + unloaded.length
  if (failing === 0 && code !== 0) {
    console.log(`vitest ended with exit code ${code}, though no test failed`)
    return { passed: passing, failed: 1 }
  }
  if (passing + failing === 0) {
    console.log('no test was run')
    return { passed: 0, failed: 1 }
  }
  return { passed: passing, failed: failing }
}

function runVitest(given: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const child = spawn(process.execPath, [vitest, ...given], { cwd: root, stdio: 'inherit' })
    // A Ctrl-C reaches vitest as well; we wait for it to clean up.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (ended) => resolve(ended ?? 1))
  })
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { testResults: [] }
  }
}
