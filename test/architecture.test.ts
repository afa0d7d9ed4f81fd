import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { parseSourceFile, readSourceFiles, type Piece, type SourceFile } from './support/source-files.ts'

/**
 * Who may import whom; a room may always import itself. Read it from the top: arrows only point up.
 * `.oxlintrc.json` holds the editor's copy of the same table.
 */
const mayImport = {
  // what others may build on
  contract: '',
  sdk: 'contract',
  web: 'contract sdk',

  // the ground: no words of the domain, or no input and output
  base: '',
  version: '',
  config: 'base',
  'json-log': 'base',
  rules: 'contract base',
  templates: 'contract base',
  database: 'base',
  outbound: 'contract base',

  // the nouns, each with its verbs
  access: 'contract base database',
  audit: 'contract base database access',
  places: 'contract base database access audit',
  people: 'contract base database access audit places',
  secrets: 'contract base database access audit places',
  webhooks: 'contract base templates database outbound access audit places secrets',
  automations: 'contract base rules templates database access audit places secrets webhooks',
  deliveries: 'contract base templates database outbound access audit places secrets webhooks automations',
  events: 'contract base rules templates database access audit places webhooks automations deliveries',
  bulk: 'contract base database access audit places webhooks deliveries events',
  registry: 'contract base database access audit places automations events',
  runs: 'contract base database access audit places automations events',
  files: 'contract base database access audit places events registry runs',
  trials:
    'contract base rules templates database outbound access audit places secrets webhooks automations deliveries events',

  // what turns the crank, the doors, and what puts all of it together
  work: 'base database webhooks deliveries events bulk',
  metrics: 'base database outbound deliveries',
  http: 'contract base version database access audit places people secrets webhooks automations deliveries events bulk registry runs files trials',
  wandb:
    'contract base version database access audit places people secrets webhooks automations deliveries events bulk registry runs files trials',
  main: 'contract base version config json-log rules templates database outbound access audit places people secrets webhooks automations deliveries events bulk registry runs files trials work metrics http wandb',
  cli: 'contract sdk version config json-log main',
} as const satisfies Record<string, string>

/** Packages, and the rooms that may import them; `types` means for their types alone. */
const packages: Record<string, { readonly in: readonly Room[]; readonly types?: readonly Room[] }> = {
  zod: { in: ['contract', 'sdk', 'http', 'config', 'web'] },
  re2js: { in: ['rules'] },
  pg: { in: ['database'], types: ['work'] },
  undici: { in: ['outbound'] },
  fastify: { in: ['http'] },
  'fastify-type-provider-zod': { in: ['http'] },
  '@fastify/swagger': { in: ['http'] },
  '@fastify/cookie': { in: ['http'] },
  '@fastify/static': { in: ['http'] },
  react: { in: ['web'] },
  'react-dom': { in: ['web'] },
  '@mantine/core': { in: ['web'] },
  '@mantine/hooks': { in: ['web'] },
  '@mantine/notifications': { in: ['web'] },
  '@tabler/icons-react': { in: ['web'] },
  '@tanstack/react-query': { in: ['web'] },
  '@tanstack/react-router': { in: ['web'] },
  '@tanstack/react-virtual': { in: ['web'] },
  '@codemirror/autocomplete': { in: ['web'] },
  '@codemirror/commands': { in: ['web'] },
  '@codemirror/lang-json': { in: ['web'] },
  '@codemirror/language': { in: ['web'] },
  '@codemirror/lint': { in: ['web'] },
  '@codemirror/state': { in: ['web'] },
  '@codemirror/view': { in: ['web'] },
  '@lezer/highlight': { in: ['web'] },
  '@fontsource-variable/ibm-plex-sans': { in: ['web'] },
  '@fontsource/ibm-plex-mono': { in: ['web'] },
  '@fontsource/ibm-plex-sans-kr': { in: ['web'] },
  pino: { in: ['json-log'] },
  'close-with-grace': { in: ['cli', 'main'] },
  commander: { in: ['cli'] },
}

/** Rooms without any module of Node: what they compute depends on their arguments, and a browser could run it. */
const withoutNode: readonly Room[] = ['contract', 'sdk', 'web', 'rules', 'templates']

/** Only these open sockets; in `cli` it is `listen`, a receiver on a developer's machine. */
const sockets = {
  modules: ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'node:dgram', 'node:dns'],
  in: ['outbound', 'database', 'cli'],
}

/** Files that nobody imports because something outside the sources starts them. */
const entries = ['src/cli/main.ts', 'src/web/main.tsx']

/** What must not stand in the code, and the few places where it may. Each rule shows a mistake that it has to find. */
const absences: readonly Absence[] = [
  {
    what: 'SQL',
    within: 'src/',
    in: 'text',
    pattern:
      /\b(select|SELECT)\b[^'"]*\s(from|FROM)\s+\w|\b(insert into|INSERT INTO|delete from|DELETE FROM) \w|\b(update|UPDATE) \w+ (as \w+ )?(set|SET)\b|^.\s*(select|with \w+ as|listen|notify|begin|commit|set local|lock table|truncate|vacuum)\s/,
    except: ['*-store.ts', 'src/server/database/', 'src/server/deliveries/queue/'],
    instead: 'SQL lives in *-store.ts files, in database/ and in deliveries/queue/',
    planted: 'const rows = await tx.query(`\n  select id\n    from queue where webhook_id = $1`)',
    innocent: "throw new Problem('not-found', 'Select a project first; from here on it is asked for.')",
  },
  {
    what: 'process.env',
    within: 'src/',
    in: 'code',
    pattern: /\bprocess\s*(\.\s*env\b|\[)/,
    except: ['src/server/config.ts', 'src/cli/settings.ts'],
    instead: 'the environment is read once, in server/config.ts (and for the client in cli/settings.ts)',
    planted: "const home = process.env['HOME']",
    innocent: 'environmentOf(process.pid)',
  },
  {
    what: 'the wall clock',
    within: 'src/server/',
    in: 'code',
    pattern: /\bDate\s*\.\s*now\b|\bnew Date\s*(\(\s*\)|(?![\s(\w]))|\bperformance\s*\.\s*now\b/,
    except: ['src/server/base/', 'src/server/work/', 'src/server/database/embedded/'],
    instead: 'time is passed in: context.clock.now()',
    planted: 'const now = new Date()',
    innocent: 'const due = new Date(now.getTime() + delayMs)',
  },
  {
    what: 'chance',
    within: 'src/server/',
    in: 'code',
    pattern: /\bMath\s*\.\s*random\b/,
    except: ['src/server/base/', 'src/server/work/', 'src/server/main.ts'],
    instead: 'randomness is passed in',
    planted: 'const jitter = Math.random()',
    innocent: 'const jitter = random()',
  },
  {
    what: 'a timer',
    within: 'src/server/',
    in: 'code',
    pattern: /\b(setTimeout|setInterval|setImmediate)\s*\(/,
    except: ['src/server/base/', 'src/server/work/', 'src/server/database/embedded/'],
    instead: 'loops live in work/; base/timers.ts has later() and pause()',
    planted: 'setTimeout(retry, 1_000)',
    innocent: 'later(1_000, retry)',
  },
  {
    what: 'fetch',
    within: 'src/server/',
    in: 'code',
    pattern: /(?<![.\w])fetch\s*\(/,
    except: [],
    instead: 'only outbound/ speaks to foreign addresses, through the guard',
    planted: 'const answer = await fetch(url)',
    innocent: 'const row = await store.fetch(id)',
  },
  {
    what: 'console',
    within: 'src/server/',
    in: 'code',
    pattern: /\bconsole\s*\./,
    except: [],
    instead: 'say it through the Log that was passed in',
    planted: "console.log('sent')",
    innocent: "log.info('delivery.attempted')",
  },
  {
    what: 'a TODO without a condition',
    within: '',
    in: 'comment',
    pattern: /\b(TODO\b(?! (when|once|if|until|after) )|FIXME\b|XXX\b)/,
    except: [],
    instead: 'say when it is due: "TODO when PostgreSQL 15 is no longer supported: …"',
    planted: '// TODO: make this faster',
    innocent: '// TODO when PostgreSQL 15 is no longer supported: use merge … returning.',
  },
  {
    what: 'a test that does not run',
    within: '',
    in: 'code',
    pattern:
      /\b(test|it|describe|suite|bench)\s*(\.\s*\w+\s*)*\.\s*(skip|only|todo|skipIf|runIf|fails)\b|\b(context|ctx|t)\s*\.\s*skip\s*\(/,
    except: [],
    instead: 'a test runs or it is deleted',
    planted: "test.skip('sends once', () => {})",
    innocent: "test.each([1, 2])('sends %i times', () => {})",
  },
]

type Room = keyof typeof mayImport

interface Absence {
  readonly what: string
  /** The rule reads the files whose path begins so; tests only where it is empty. */
  readonly within: string
  readonly in: Piece['kind']
  readonly pattern: RegExp
  /** A folder, a file, or `*` and the end of a path. */
  readonly except: readonly string[]
  readonly instead: string
  readonly planted: string
  readonly innocent: string
}

const sources = readSourceFiles('src')
const everything = [...sources, ...readSourceFiles('test'), ...readSourceFiles('scripts')]

test('the scan reads the code', () => {
  expect(sources.length).toBeGreaterThanOrEqual(100)
  expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThanOrEqual(300)
  expect(
    everything.flatMap(({ pieces }) => pieces.filter(({ kind }) => kind === 'comment')).length,
  ).toBeGreaterThanOrEqual(100)
})

test('every file belongs to a room of the table', () => {
  expect(
    sources
      .filter(({ path }) => roomOf(path) === undefined)
      .map(({ path }) => `${path}: in no room of the import table`),
  ).toEqual([])
})

test('arrows only point up', () => {
  const rooms = Object.keys(mayImport) as Room[]
  const isAbove = (other: string, room: Room) => rooms.slice(0, rooms.indexOf(room)).some((above) => above === other)
  expectNone(
    rooms.flatMap((room) =>
      reachOf(room)
        .filter((other) => !isAbove(other, room))
        .map((other) => `${room} → ${other}`),
    ),
  )
})

test('imports follow the table', () => {
  expectNone(sources.flatMap(findForeignRooms))
})

test("the editor's copy in .oxlintrc.json says the same as the table", () => {
  const config = JSON.parse(readFileSync(new URL('../.oxlintrc.json', import.meta.url), 'utf8')) as {
    overrides: OxlintOverride[]
  }
  const copy = config.overrides.filter(({ rules }) => 'no-restricted-imports' in rules)
  expect(copy).toEqual(copyForEditor())
})

test('packages and modules of Node stay where they are named', () => {
  expectNone(sources.flatMap(findForeignPackages))
})

test('every source file has a reader', () => {
  expectNone(findUnread(sources))
})

test.each(absences)('$what stays where it is allowed', (absence) => {
  expectNone(everything.flatMap((file) => findPresent(absence, file)))
})

test('a file is named in kebab-case after what it holds, and none only passes on what others hold', () => {
  expectNone(everything.flatMap(({ path }) => findMisnamed(path)))
  expectNone(sources.filter(isBarrel).map(({ path }) => `${path}: is a barrel; import from the file itself`))
})

// Every gate above is shown a mistake, so that none of them passes by seeing nothing.

test('a planted import against the table is found, however it is written', () => {
  const planted = (line: string) => findForeignRooms(parseSourceFile('src/server/rules/planted.ts', line))
  const found = ['src/server/rules/planted.ts:1: rules/ may not import http/ (it may import contract/ base/)']
  expect(planted("import { buildApp } from '../http/app.ts'")).toEqual(found)
  expect(planted("import type { House } from '../http/house.ts'")).toEqual(found)
  expect(planted("export { buildApp } from '../http/app.ts'")).toEqual(found)
  expect(planted("export * from '../http/app.ts'")).toEqual(found)
  expect(planted("import '../http/app.ts'")).toEqual(found)
  expect(planted("const app = await import('../http/app.ts')")).toEqual(found)
  expect(planted("type App = import('../http/app.ts').App")).toEqual(found)
  expect(planted("import { limits } from '../base/limits.ts'")).toEqual([])
  expect(planted("// import { buildApp } from '../http/app.ts'")).toEqual([])
  expect(planted('const text = `from ${from}../http/app.ts`')).toEqual([])
  expect(planted("const text = `import { buildApp } from '../http/app.ts'`")).toEqual([])
  expect(planted("const quote = /'/\nimport { buildApp } from '../http/app.ts'")).toHaveLength(1)
})

test('a planted package is found, and a type-only import where types alone are allowed is not', () => {
  const planted = (path: string, line: string) => findForeignPackages(parseSourceFile(path, line))
  expect(planted('src/server/events/planted.ts', "import pg from 'pg'")).toEqual([
    'src/server/events/planted.ts:1: events/ may not import pg (it stands in database/)',
  ])
  expect(planted('src/server/work/planted.ts', "import type pg from 'pg'")).toEqual([])
  expect(planted('src/server/work/planted.ts', "import pg from 'pg'")).toHaveLength(1)
  expect(planted('src/server/events/planted.ts', "import _ from 'lodash'")).toEqual([
    'src/server/events/planted.ts:1: lodash is not in the table of packages',
  ])
  expect(planted('src/server/rules/planted.ts', "import { readFileSync } from 'node:fs'")).toHaveLength(1)
  expect(planted('src/server/events/planted.ts', "import { connect } from 'node:net'")).toHaveLength(1)
  expect(planted('src/contract/planted.ts', "import { z } from 'zod'")).toEqual([
    "src/contract/planted.ts:1: write import * as z from 'zod'",
  ])
  expect(planted('src/contract/planted.ts', "import * as z from 'zod'")).toEqual([])
  expect(planted('src/server/events/planted.test.ts', "import { test } from 'vitest'")).toEqual([])
  expect(planted('src/server/events/planted.ts', "import { test } from 'vitest'")).toHaveLength(1)
})

test.each(absences)('a planted mistake is found: $what', (absence) => {
  const path = `${absence.within}planted.ts`
  expect(findPresent(absence, parseSourceFile(path, `\n${absence.planted}\n`))).toEqual([
    `${path}:${2 + absence.planted.slice(0, absence.planted.indexOf('`') + 1).split('\n').length - 1}: holds ${absence.what}; ${absence.instead}`,
  ])
  expect(findPresent(absence, parseSourceFile(path, absence.innocent))).toEqual([])
  for (const place of absence.except)
    expect(
      findPresent(
        absence,
        parseSourceFile(place.replace(/^\*/, 'src/server/planted').replace(/\/$/, '/planted.ts'), absence.planted),
      ),
    ).toEqual([])
})

test('a planted orphan, a bad name and a barrel are found', () => {
  const orphan = parseSourceFile('src/server/rules/planted.ts', 'export const one = 1')
  expect(findUnread([...sources, orphan])).toContain('src/server/rules/planted.ts: nothing imports it')
  expect(findMisnamed('src/server/rules/parseFilter.ts')).toHaveLength(1)
  expect(findMisnamed('src/server/rules/parse-filter.test.ts')).toEqual([])
  expect(
    isBarrel(
      parseSourceFile(
        'src/server/rules/planted.ts',
        "// All of it.\nexport * from './a.ts'\nexport { b } from './b.ts'\n",
      ),
    ),
  ).toBe(true)
  expect(isBarrel(parseSourceFile('src/server/rules/planted.ts', "export * from './a.ts'\nexport const b = 1\n"))).toBe(
    false,
  )
})

/** The whole list in the message: whoever reads it wants to repair all of it at once. */
function expectNone(found: readonly string[]): void {
  if (found.length > 0) expect.fail(`${found.length} found:\n${found.join('\n')}`)
}

interface OxlintOverride {
  readonly files: readonly string[]
  readonly rules: Readonly<Record<string, unknown>>
}

/** The table as oxlint wants it: for each room, the rooms that it may not import. */
function copyForEditor(): OxlintOverride[] {
  const rooms = Object.keys(mayImport) as Room[]
  return rooms.map((room) => {
    const allowed = [room, ...reachOf(room)]
    const forbidden = rooms.filter((other) => !allowed.includes(other))
    const list = spell(reachOf(room))
    return {
      files: [locationOf(room)],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              // The web app's own folders are named after the same things as the server's rooms.
              {
                regex: room === 'web' ? '^(\\.\\./)+(server|cli)/' : pathsInto(forbidden),
                message: `${room}/ may import ${list}`,
              },
            ],
          },
        ],
      },
    }
  })
}

/** Matches what an import of one of these rooms looks like from any other. */
function pathsInto(rooms: readonly Room[]): string {
  const folders = rooms.filter((room) => !isFile(room)).join('|')
  const files = rooms.filter(isFile).join('|')
  return [
    ...(folders === '' ? [] : [`^\\.\\.?/(.*/)?(${folders})/`]),
    ...(files === '' ? [] : [`^(\\.\\./)+(server/)?(${files})\\.ts$`]),
  ].join('|')
}

function isFile(room: Room): boolean {
  return room === 'main' || room === 'config' || room === 'version' || room === 'json-log'
}

function locationOf(room: Room): string {
  if (isFile(room)) return `src/server/${room}.ts`
  return ['contract', 'sdk', 'cli', 'web'].includes(room) ? `src/${room}/**` : `src/server/${room}/**`
}

function findForeignRooms(file: SourceFile): string[] {
  const room = roomOf(file.path)
  if (room === undefined) return []
  const allowed: readonly string[] = reachOf(room)
  return file.imports.flatMap(({ target, line }) => {
    if (!/^(src|test|scripts|bench)\//.test(target)) return []
    if (isTest(file.path) && target.startsWith('test/support/')) return []
    const other = roomOf(target)
    if (other === room || (other !== undefined && allowed.includes(other)))
      return isTest(target) && !isTest(file.path)
        ? [`${file.path}:${line}: may not import ${target}, which is for tests`]
        : []
    const list = spell(allowed)
    return [
      `${file.path}:${line}: ${room}/ may not import ${other === undefined ? target : `${other}/`} (it may import ${list})`,
    ]
  })
}

function findForeignPackages(file: SourceFile): string[] {
  const room = roomOf(file.path)
  if (room === undefined) return []
  return file.imports.flatMap(({ target, line, typeOnly, statement }) => {
    const at = `${file.path}:${line}`
    // The browser pays 95 KB for the named import and 27 KB for this one: bundlers cannot take `z` apart.
    if (target === 'zod' && !typeOnly && !/^import \* as z\b/.test(statement))
      return [`${at}: write import * as z from 'zod'`]
    if (/^(src|test|scripts|bench)\//.test(target)) return []
    if (isTest(file.path) && /^(vitest|fast-check|standardwebhooks|svix|node:.*)$/.test(target)) return []
    if (target.startsWith('node:')) {
      if (withoutNode.includes(room)) return [`${at}: ${room}/ may not import ${target}: it uses nothing of Node`]
      const opensSockets = sockets.modules.includes(target.split('/')[0]!) && !typeOnly
      return opensSockets && !sockets.in.includes(room)
        ? [`${at}: ${room}/ may not import ${target}: only ${sockets.in.join(', ')} open sockets`]
        : []
    }
    const rule = packages[packageOf(target)]
    if (rule === undefined) return [`${at}: ${target} is not in the table of packages`]
    if (rule.in.includes(room) || (typeOnly && rule.types?.includes(room))) return []
    return [`${at}: ${room}/ may not import ${target} (it stands in ${rule.in.map((name) => `${name}/`).join(' ')})`]
  })
}

function findUnread(files: readonly SourceFile[]): string[] {
  const read = (by: readonly SourceFile[]) => new Set(by.flatMap(({ imports }) => imports.map(({ target }) => target)))
  const bySources = read(files.filter(({ path }) => !isTest(path)))
  const byTests = read(files.filter(({ path }) => isTest(path)))
  return files
    .filter(
      ({ path }) =>
        !path.includes('.test.') && !entries.includes(path) && !(isTest(path) ? byTests : bySources).has(path),
    )
    .map(({ path }) => `${path}: ${byTests.has(path) ? 'only tests import it' : 'nothing imports it'}`)
}

function findPresent(absence: Absence, file: SourceFile): string[] {
  if (
    !file.path.startsWith(absence.within) ||
    (absence.within !== '' && isTest(file.path)) ||
    absence.except.some((place) => isAt(file.path, place))
  )
    return []
  return file.pieces.flatMap(({ kind, content, line }) => {
    const found = kind === absence.in ? absence.pattern.exec(content) : null
    if (found === null) return []
    const at = kind === 'text' ? line : line + content.slice(0, found.index).split('\n').length - 1
    return [`${file.path}:${at}: holds ${absence.what}; ${absence.instead}`]
  })
}

function findMisnamed(path: string): string[] {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|e2e))?\.tsx?$/.test(basename(path)))
    return [`${path}: file names are kebab-case`]
  return /^(index|utils?|helpers?|common|misc|types)\.tsx?$/.test(basename(path))
    ? [`${path}: the name does not say what is inside`]
    : []
}

function isBarrel({ pieces }: SourceFile): boolean {
  const code = pieces
    .filter(({ kind }) => kind !== 'comment')
    .map(({ content }) => content)
    .join('')
  return (
    code.trim() !== '' &&
    code.replaceAll(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']*'/g, '').trim() === ''
  )
}

function isAt(path: string, place: string): boolean {
  if (place.startsWith('*')) return path.endsWith(place.slice(1))
  return place.endsWith('/') ? path.startsWith(place) : path === place
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\/|^test\//.test(path)
}

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/')
}

function reachOf(room: Room): readonly string[] {
  return mayImport[room].split(' ').filter((name) => name !== '')
}

function spell(rooms: readonly string[]): string {
  return rooms.length === 0 ? 'nothing' : rooms.map((name) => `${name}/`).join(' ')
}

/** `src/server/rules/x.ts` is in rules, `src/server/main.ts` a room of its own, `src/cli/commands/x.ts` in cli. */
function roomOf(path: string): Room | undefined {
  const room = /^src\/(?:server\/([\w-]+?)(?:\/|\.ts$)|(?!server\/)([\w-]+)\/)/.exec(path)
  const name = room?.[1] ?? room?.[2]
  return name !== undefined && Object.hasOwn(mayImport, name) ? (name as Room) : undefined
}
