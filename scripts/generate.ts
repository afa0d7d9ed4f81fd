import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eventTypeNames, eventTypes, type EventType, type FieldSet } from '../src/contract/event-types.ts'
import { problems } from '../src/contract/problem.ts'
import { variables, type Variable } from '../src/contract/variables.ts'
import { describeCommands } from '../src/cli/describe-commands.ts'
import { exitCodesInWords } from '../src/cli/failures.ts'
import { makeProgram } from '../src/cli/program.ts'
import { limits } from '../src/server/base/limits.ts'
import { systemClock } from '../src/server/base/clock.ts'
import { silentLog } from '../src/server/base/log.ts'
import { buildApp } from '../src/server/http/app.ts'
import { families, type Family } from '../src/server/metrics/families.ts'
import type { House } from '../src/server/http/house.ts'
import { resources } from '../src/server/http/resources.ts'
import { version } from '../src/server/version.ts'

/** A file of the documentation that the code itself tells; a test compares each with what is checked in. */
export interface Generated {
  readonly file: string
  readonly make: () => string | Promise<string>
}

export const generated: readonly Generated[] = [
  { file: 'docs/reference/openapi.json', make: async () => `${JSON.stringify(await describeServer(), null, 2)}\n` },
  { file: 'docs/reference/problems.md', make: describeProblems },
  { file: 'docs/reference/variables.md', make: describeVariables },
  { file: 'docs/operate/limits.md', make: describeLimits },
  { file: 'docs/operate/metrics.md', make: describeMetrics },
  { file: 'docs/use/command-line.md', make: describeCommandLine },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const note = '<!-- Made by `npm run generate`; a test compares it with the code. -->'

/** The OpenAPI document, without a server: no route is asked, so the parts that would answer are not there. */
export async function describeServer(): Promise<unknown> {
  const house = {
    version,
    clock: systemClock,
    log: silentLog,
    trustedProxies: [],
    pagesFolder: undefined,
    metrics: undefined,
    readiness: [],
  }
  const app = await buildApp(house as unknown as House, resources)
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}

function describeProblems(): string {
  const rows = Object.entries(problems).map(([type, { status, title, about }]) => [
    code(`/problems/${type}`),
    String(status),
    title,
    about,
  ])
  return page(
    'Problems',
    'Every refusal is a problem as of RFC 9457, `application/problem+json`. Compare `type`; `detail` is for people. Every server answers these addresses with the page of the problem.',
    table(['Type', 'Status', 'Title', 'What it means'], rows),
  )
}

function describeCommandLine(): string {
  const commands = describeCommands(makeProgram()).filter(
    ({ path, commands: own }) => path.length === 1 || own.length === 0,
  )
  return page(
    'The command line',
    'Every command of `signalbox`. Those of the first table go with every other one; `--json` prints JSON and nothing else. `signalbox completion bash` prints a script that completes them.',
    exitCodesInWords,
    ...commands.map(({ path, usage, description, options }) => {
      const heading = path.length === 1 ? '## Everywhere' : `## \`${usage}\``
      const rows = options.map(({ flags, description: about }) => [code(flags), about])
      const text = `${description[0]?.toUpperCase() ?? ''}${description.slice(1)}`
      return [heading, text, ...(rows.length === 0 ? [] : [table(['Option', 'What it does'], rows)])].join('\n\n')
    }),
  )
}

/** Those that have a value for an event type. */
function variablesOf(eventType: EventType): readonly string[] {
  return Object.entries<Variable>(variables).flatMap(([name, { eventTypes: types }]) =>
    types.includes(eventType) ? [`\${${name}}`] : [],
  )
}

function describeVariables(): string {
  const all = Object.entries<Variable>(variables).map(([name, { about, example, hasParts, eventTypes: types }]) => [
    code(hasParts ? `\${${name}}, \${${name}.…}` : `\${${name}}`),
    about,
    code(typeof example === 'string' ? example : JSON.stringify(example)),
    types.length === eventTypeNames.length ? 'every event' : types.length === 1 ? code(types[0]!) : 'see below',
  ])
  const events = eventTypeNames.map((name) => {
    const { title, scopes, recorded, fields } = eventTypes[name]
    return `### \`${name}\`\n\n${title}. An automation on it may stand on: ${scopes.join(', ')}.${recorded ? '' : ' Not recorded by this version.'}\n\nVariables: ${variablesOf(name).map(code).join(' ')}\n\n${table(
      ['Field', 'Kind', 'About', 'Example'],
      Object.entries<FieldSet[string]>(fields).map(([field, { kind, about, example }]) => [
        code(field),
        kind,
        about,
        code(JSON.stringify(example)),
      ]),
    )}`
  })
  return page(
    'Variables and events',
    'What `${…}` can stand for in payloads, and what filters can test. A variable that does not apply to an event renders blank.',
    '## Variables',
    table(['Variable', 'About', 'Example', 'Has a value for'], all),
    '## Events and their filter fields',
    ...events,
  )
}

function describeLimits(): string {
  const rows = Object.entries(limits).map(([name, value]) => [
    code(name),
    value.toLocaleString('en-US'),
    readable(name, value),
  ])
  return page(
    'Limits',
    'Everything has a limit, and the limit has a name. Sizes are in bytes, times in milliseconds.',
    table(['Name', 'Value', 'That is'], rows),
  )
}

function describeMetrics(): string {
  const rows = Object.entries<Family>(families).map(([name, { type, about, label, values }]) => [
    code(name),
    type,
    label === undefined ? '' : values === undefined ? code(label) : `${code(label)}: ${values.map(code).join(' ')}`,
    about,
  ])
  return page(
    'Metrics',
    ...metricsInWords,
    '## Everything that is told',
    table(['Name', 'Type', 'Label', 'About'], rows),
  )
}

const metricsInWords = [
  'Every process tells Prometheus about itself at `/metrics`, in its text format, to whoever sends the token of `SIGNALBOX_METRICS_TOKEN` (at least 16 characters, as `openssl rand -hex 32` makes them). Without that setting the address is not there. No name of a team, webhook or automation and no address of a receiver is told, and the labels have the values below and no others, so that the number of series never grows.',
  'Counters and memory are of the one process that answers; add them up over all of them. What waits in the queue is the same for every process: take the maximum. Counting costs an addition; the queue is read at most once in five seconds, however many ask.',
  `\`\`\`yaml
scrape_configs:
  - job_name: signalbox
    authorization:
      credentials_file: /etc/prometheus/signalbox-token
    static_configs:
      - targets: ['signalbox-1:8080', 'signalbox-2:8080']
\`\`\``,
  '## What to be woken for',
  table(
    ['When', 'It means'],
    [
      [
        code('max(signalbox_backlog_oldest_due_seconds) > 60'),
        'Deliveries are late: no process sends, one receiver is slower than what comes for it, or a rate is set too low.',
      ],
      [code('min(signalbox_database_up) == 0'), 'A process does not reach the database.'],
      [code('max(signalbox_workers_alive) == 0'), 'Nobody sends.'],
      [
        code('sum(increase(signalbox_leases_lost_total[15m])) > 0'),
        'A process was frozen, or cut off from the database, for longer than its lease.',
      ],
      [
        code('sum(increase(signalbox_deliveries_reclaimed_total{cause="unknown_to_owner"}[1h])) > 0'),
        'Answers of the database were lost; nothing else is, but some deliveries began 5 s late.',
      ],
      [
        code('rate(signalbox_database_waits_total[5m]) > 1'),
        'There are too few connections: raise `DATABASE_CONNECTIONS_MAX`.',
      ],
      [code('rate(signalbox_event_loop_busy_seconds_total[5m]) > 0.9'), 'One process is not enough: start another.'],
    ],
  ),
]

function readable(name: string, value: number): string {
  if (/Bytes/.test(name)) return value >= 1024 ** 2 ? `${value / 1024 ** 2} MiB` : `${value / 1024} KiB`
  if (!/Ms(?![a-z])/.test(name)) return ''
  const units = [
    [24 * 3600_000, 'd'],
    [3600_000, 'h'],
    [60_000, 'min'],
    [1_000, 's'],
  ] as const
  const [size, unit] = units.find(([ms]) => value >= ms) ?? [1, 'ms']
  return `${value / size} ${unit}`
}

function page(title: string, ...paragraphs: readonly string[]): string {
  return `${[`# ${title}`, note, ...paragraphs].join('\n\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { file, make } of generated) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), await make())
  }
