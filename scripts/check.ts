import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

// A tool that reads nothing finds nothing, and looks green. So the tools read a copy of the repository in which mistakes
// are planted: a gate passes when its tool has read enough files, found every planted mistake, and found nothing else.

interface Gate {
  readonly name: string
  readonly command: readonly string[]
  /** Most read a copy with planted mistakes; the import table plants its own, in its tests. */
  readonly reads: 'copy' | 'repository'
  readonly environment?: Readonly<Record<string, string>>
  readonly filesMin: number
  readonly mustFind: readonly { readonly path: string; readonly mark: string }[]
  readonly parse: (output: string) => Report
}

interface Report {
  readonly files: number
  readonly findings: readonly Finding[]
}

interface Finding {
  readonly path: string
  readonly text: string
}

interface Verdict {
  readonly complaints: readonly string[]
  readonly files: number
  readonly cpuMs: number
  readonly wallMs: number
}

const root = fileURLToPath(new URL('..', import.meta.url))
const gatesAtOnce = 2

/** Mistakes that exist only in the copy, by path. */
const planted: Readonly<Record<string, string>> = {
  'src/server/rules/planted.ts': `
    import { buildApp } from '../http/app.ts'
    import { other } from './planted-too.ts'
    export async function plant(kind: 'a' | 'b', given: any) {
      Promise.resolve(given)
      switch (kind) { case 'a': return other }
      const text: string = 1
      return kind == text ? buildApp : [1][0].toFixed()
    }
  `,
  'src/server/rules/planted-too.ts': `import { plant } from './planted.ts'\n\nexport const other = plant\n`,
  'src/contract/planted.ts': `export const folder = process.cwd()\n`,
  'test/support/planted.ts': `export const unread = 1\n`,
  'bench/planted.ts': `export const unread = 1\n`,
  'src/web/planted.tsx': `export function Planted() {\n  return <p className={1}>{missing}</p>\n}\n`,
}

const startedAt = performance.now()
const copy = makeCopy()
const testReport = join(copy, 'test-report.json')

const gates: readonly Gate[] = [
  {
    name: 'format',
    command: ['oxfmt', '--check'],
    reads: 'copy',
    filesMin: 100,
    mustFind: [{ path: 'src/server/rules/planted.ts', mark: 'not formatted' }],
    parse: (output) => ({
      files: numberIn(/ on (\d+) files/, output),
      findings: output.split('\n').flatMap((line) => {
        const path = /^(\S+) \(\d+ms\)$/.exec(line)?.[1]
        return path === undefined
          ? complaintOf(line, / × |rror/)
          : [{ path, text: 'not formatted; npm run format does it' }]
      }),
    }),
  },
  {
    name: 'types',
    command: ['tsc', '-p', 'tsconfig.json', '--listFiles', '--pretty', 'false'],
    reads: 'copy',
    filesMin: 100,
    mustFind: [
      { path: 'src/server/rules/planted.ts', mark: 'TS2322' },
      { path: 'src/server/rules/planted.ts', mark: 'TS2532' },
    ],
    parse: parseTypes,
  },
  {
    name: 'types, contract',
    command: ['tsc', '-p', 'tsconfig.contract.json', '--listFiles', '--pretty', 'false'],
    reads: 'copy',
    filesMin: 8,
    mustFind: [{ path: 'src/contract/planted.ts', mark: "'process'" }],
    parse: parseTypes,
  },
  {
    name: 'types, web',
    command: ['tsc', '-p', 'src/web/tsconfig.json', '--listFiles', '--pretty', 'false'],
    reads: 'copy',
    filesMin: 60,
    mustFind: [
      { path: 'src/web/planted.tsx', mark: 'TS2322' },
      { path: 'src/web/planted.tsx', mark: 'TS2304' },
    ],
    parse: parseTypes,
  },
  {
    name: 'lint',
    command: ['oxlint', '--type-aware', '--format', 'json'],
    reads: 'copy',
    filesMin: 100,
    mustFind: [
      'no-restricted-imports',
      'no-cycle',
      'no-explicit-any',
      'eqeqeq',
      'no-floating-promises',
      'switch-exhaustiveness-check',
    ].map((mark) => ({ path: 'src/server/rules/planted.ts', mark })),
    parse: parseLint,
  },
  {
    name: 'import table',
    command: ['vitest', 'run', 'test/architecture.test.ts', '--reporter=json', `--outputFile=${testReport}`],
    reads: 'repository',
    // These tests ask no database; naming one keeps vitest from starting the embedded one.
    environment: { SIGNALBOX_TEST_DATABASE_URL: 'postgres://none' },
    filesMin: 25,
    mustFind: [],
    parse: () => parseTests(readFileSync(testReport, 'utf8')),
  },
  {
    name: 'dead code',
    command: ['knip', '--no-progress', '--no-config-hints', '--reporter', 'json'],
    reads: 'copy',
    filesMin: 0,
    mustFind: [
      { path: 'src/server/rules/planted.ts', mark: 'unused file' },
      { path: 'src/contract/planted.ts', mark: 'unused file' },
      { path: 'test/support/planted.ts', mark: 'unused file' },
      { path: 'bench/planted.ts', mark: 'unused file' },
      { path: 'src/web/planted.tsx', mark: 'unused file' },
    ],
    parse: parseDeadCode,
  },
]

let passed = 0
let cpuMs = 0
try {
  const waiting = [...gates]
  await Promise.all(
    Array.from({ length: gatesAtOnce }, async () => {
      for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
        const verdict = await run(gate)
        print(gate, verdict)
        cpuMs += verdict.cpuMs
        if (verdict.complaints.length === 0) passed += 1
      }
    }),
  )
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(
  `\n${passed} of ${gates.length} gates passed, ${seconds(cpuMs)} of CPU in ${seconds(performance.now() - startedAt)}`,
)
process.exitCode = passed === gates.length ? 0 : 1

async function run(gate: Gate): Promise<Verdict> {
  const begunAt = performance.now()
  const ended = await runCommand(gate)
  const wallMs = performance.now() - begunAt
  const { files, findings } = readReport(gate, ended)
  const real = findings
    .filter(({ path }) => !(path in planted))
    .map(({ path, text }) => (path === '' ? text : `${path}: ${text}`))
  const missed = gate.mustFind.filter(
    ({ path, mark }) => !findings.some((finding) => finding.path === path && finding.text.includes(mark)),
  )
  const blind = [
    ...(files < gate.filesMin ? [`the gate is blind: it read ${files}, and there are at least ${gate.filesMin}`] : []),
    ...missed.map(({ path, mark }) => `the gate is blind: it did not find the planted mistake (${mark}) in ${path}`),
  ]
  const says = [...real, ...blind]
  // With planted mistakes a tool always fails; where nothing is planted its own exit code counts as well.
  if (says.length === 0 && gate.mustFind.length === 0 && ended.code !== 0)
    says.push(ended.output.trim() || `exit code ${ended.code}`)
  return { complaints: says, files, cpuMs: ended.cpuMs, wallMs }
}

function readReport(gate: Gate, { output, code }: { output: string; code: number }): Report {
  try {
    return gate.parse(output)
  } catch (cause) {
    return {
      files: 0,
      findings: [
        {
          path: '',
          text: `its output cannot be read (exit code ${code}): ${String(cause)}\n${output.slice(0, 2_000)}`,
        },
      ],
    }
  }
}

/** The shell counts the processor time of everything below it; Node cannot. */
function runCommand(gate: Gate): Promise<{ code: number; output: string; cpuMs: number }> {
  return new Promise((resolve, reject) => {
    const bin = join(root, 'node_modules', '.bin')
    const child = spawn('/bin/sh', ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', ...gate.command], {
      cwd: gate.reads === 'copy' ? copy : root,
      env: {
        ...process.env,
        // Some color all the same where CI is set, so colors are taken out again below.
        NO_COLOR: '1',
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        ...gate.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const texts = ['', '', '', '']
    for (const index of [1, 2, 3])
      child.stdio[index]?.on('data', (chunk: Buffer) => {
        texts[index] += chunk.toString()
      })
    child.on('error', reject)
    child.on('close', (code) => {
      const output =
        gate.command.includes('json') || gate.command.includes('--reporter=json')
          ? texts[1]! || texts[2]!
          : `${texts[1]}${texts[2]}`
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output), cpuMs: readTimes(texts[3]!) })
    })
  })
}

/** Its second line is what the children used: `0m1.25s 0m0.30s`. */
function readTimes(text: string): number {
  const used = [...(text.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
  return used.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1_000, 0)
}

function makeCopy(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'signalbox-check-')))
  const left = new Set(['node_modules', '.git', 'dist', 'coverage', 'signalbox-data'])
  for (const name of readdirSync(root))
    if (!left.has(name)) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, source] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), source)
  }
  return folder
}

function parseTypes(output: string): Report {
  const lines = output.split('\n')
  return {
    files: lines.filter((line) => line.startsWith(`${copy}/`) && !line.includes('/node_modules/')).length,
    findings: lines.flatMap((line) => {
      const [, path, at, text] = /^([^\s(]+)\((\d+),\d+\): (error .*)$/.exec(line) ?? []
      return path === undefined ? complaintOf(line, /^error /) : [{ path, text: `line ${at}: ${text}` }]
    }),
  }
}

function parseLint(output: string): Report {
  const report = JSON.parse(output) as {
    number_of_files: number
    diagnostics: {
      code?: string
      message: string
      help?: string
      filename: string
      labels: { span: { line: number } }[]
    }[]
  }
  return {
    files: report.number_of_files,
    findings: report.diagnostics.map(({ code, message, help, filename, labels }) => ({
      path: filename,
      text: `line ${labels[0]?.span.line ?? '?'}: ${code ?? 'syntax'}: ${message}${help === undefined ? '' : ` (${help})`}`,
    })),
  }
}

function parseTests(output: string): Report {
  const report = JSON.parse(output) as {
    numPassedTests: number
    testResults: { message: string; assertionResults: { status: string; title: string; failureMessages: string[] }[] }[]
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const wrong = tests.filter(({ status }) => status !== 'passed')
  return {
    files: tests.length,
    findings: [
      ...wrong.map(({ title, failureMessages }) => ({
        path: '',
        text: `${title}\n${failureMessages.join('\n').replaceAll(/\n\s+at .*/g, '')}`,
      })),
      ...report.testResults.filter(({ message }) => message !== '').map(({ message }) => ({ path: '', text: message })),
    ],
  }
}

function parseDeadCode(output: string): Report {
  const report = JSON.parse(output) as { issues: ({ file: string } & Record<string, unknown>)[] }
  const words: Readonly<Record<string, string>> = {
    files: 'unused file',
    exports: 'unused export',
    types: 'unused type',
    dependencies: 'unused dependency',
    devDependencies: 'unused devDependency',
  }
  return {
    files: report.issues.length,
    findings: report.issues.flatMap(({ file, ...kinds }) =>
      Object.entries(kinds).flatMap(([kind, list]) =>
        (Array.isArray(list) ? (list as { name?: string; line?: number }[]) : []).map((issue) => ({
          path: file,
          text: `${issue.line === undefined ? '' : `line ${issue.line}: `}${words[kind] ?? kind}${kind === 'files' ? '' : ` ${issue.name ?? ''}`}`,
        })),
      ),
    ),
  }
}

/** What a tool says about itself and not about a file. */
function complaintOf(line: string, mark: RegExp): Finding[] {
  return mark.test(line) ? [{ path: '', text: line.trim() }] : []
}

function numberIn(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? 0)
}

function print(gate: Gate, { complaints, cpuMs: cpu, wallMs }: Verdict): void {
  const verdict = complaints.length === 0 ? 'ok' : `${complaints.length} wrong`
  console.log(
    `${gate.name.padEnd(16)} ${verdict.padEnd(10)} ${seconds(cpu).padStart(8)} of CPU ${seconds(wallMs).padStart(8)}`,
  )
  for (const complaint of complaints) console.log(complaint.replaceAll(/^/gm, '    '))
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
