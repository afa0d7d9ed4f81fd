import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs the tests and prints `N passed, N failed` as the last line. What does not run does not count as passed: a skipped
// test, a file that cannot be loaded and an error outside every test are failures.

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
/** Who asks for tests by name wants the others left out. */
const picksByName = args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg))

const folder = mkdtempSync(join(tmpdir(), 'signalbox-tests-'))
let report: Report
let code: number
try {
  const file = join(folder, 'report.json')
  code = await runVitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args])
  report = readReport(file)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
const left = picksByName ? [] : tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
const unloaded = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
)
const passed = tests.filter(({ status }) => status === 'passed').length
let failed = tests.filter(({ status }) => status === 'failed').length + left.length + unloaded.length

for (const { status, fullName } of left) console.log(`not run (${status}): ${fullName}`)
for (const { name, message } of unloaded) console.log(`not loaded: ${name}${message === '' ? '' : `: ${message}`}`)
if (failed === 0 && code !== 0) {
  console.log(`vitest ended with exit code ${code}, though no test failed`)
  failed = 1
}
if (passed + failed === 0) {
  console.log('no test was run')
  failed = 1
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

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
