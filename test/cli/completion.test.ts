import { execFileSync, spawnSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeCommands } from '../../src/cli/describe-commands.ts'
import { makeProgram } from '../../src/cli/program.ts'
import { writeCompletion } from '../../src/cli/write-completion.ts'
import { eventTypeNames } from '../../src/contract/event-types.ts'
import { home, run } from './run-cli.ts'

const described = describeCommands(makeProgram())
const scripts = { bash: '', zsh: '', fish: '' }

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    scripts[shell] = (await run(['completion', shell])).stdout
  }
})

/** What bash would offer for the last word, as it splits the line into words. */
function complete(...typed: string[]): string[] {
  const words = ['signalbox', ...typed].map((word) => `'${word}'`).join(' ')
  const asked = `COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _signalbox; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['--norc', '-c', `${scripts.bash}\n${asked}`])
    .toString()
    .trim()
    .split('\n')
    .filter((word) => word !== '')
}

test('bash completes commands, options and what goes with every command', () => {
  expect(complete('web')).toEqual(['webhooks'])
  expect(complete('webhooks', 're')).toEqual(['resume'])
  expect(complete('automations', 'create', '--alias')).toEqual(['--alias-regex'])
  expect(complete('--json', 'automations', 'dry')).toEqual(['dry-run'])
  expect(complete('webhooks', 'list', '--')).toEqual(
    expect.arrayContaining(['--limit', '--cursor', '--all', '--team', '--json', '--url', '--api-key', '--help']),
  )
  expect(complete('webhooks', 'list', '--ver')).toEqual([])
})

test('bash completes choices, of arguments and of options', () => {
  expect(complete('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']))
  expect(complete('registries', 'grant', 'models', 'vision', 'restr')).toEqual(['restricted_viewer'])
  expect(complete('registries', 'edit', 'models', '--visibility', '')).toEqual(['organization', 'restricted'])
  expect(complete('automations', 'create', '--event', '')).toEqual([...eventTypeNames])
  // bash splits `--signature=h` at the sign.
  expect(complete('webhooks', 'edit', 'whk_1', '--signature', '=', 'h')).toEqual(['hex'])
  expect(complete('webhooks', 'edit', 'whk_1', '--signature', '=')).toEqual(['base64', 'hex', 'sha256=hex'])
})

test('bash takes no value of an option for a command, and leaves free values to the names of files', () => {
  expect(complete('--url', 'webhooks', 'auto')).toEqual(['automations'])
  expect(complete('automations', 'create', '--name', 'list', '--tem')).toEqual(['--template'])
  expect(complete('automations', 'create', '--from', '')).toEqual([])
  expect(scripts.bash).toMatch(/^complete -o default -F _signalbox signalbox$/m)
})

test('every command, option and choice stands in each script', () => {
  for (const { path, commands, choices, options } of described) {
    const words = [...commands, ...choices, ...options.map(({ long }) => long).filter((long) => long !== '--version')]
    expect(complete(...path.slice(1), '')).toEqual(expect.arrayContaining(words))
    for (const word of words) expect(scripts.fish).toContain(word.startsWith('--') ? `-l ${word.slice(2)}` : word)
  }
  const [lookUp] = scripts.bash.split('_signalbox() {')
  expect(scripts.zsh.startsWith(`#compdef signalbox\n${lookUp}`)).toBe(true)
})

test('fish offers the commands of a group until one is typed, and choices and files as values', () => {
  const lines = scripts.fish.split('\n')
  const create = lines.find((line) => line.endsWith(`-f -a 'rotate-secret'`))
  expect(create).toMatch(
    /-n '__fish_seen_subcommand_from webhooks; and not __fish_seen_subcommand_from list show create /,
  )
  expect(lines).toContain(
    `complete -c signalbox -n '__fish_seen_subcommand_from registries; and __fish_seen_subcommand_from edit' -l automations-by -x -a 'members admins' -d 'who makes automations: members, admins'`,
  )
  expect(scripts.fish).toMatch(/-l from -r -F -d /)
  expect(lines).toContain(`complete -c signalbox -l json -f -d 'JSON on standard output, and nothing else'`)
})

test('quotes and backslashes of a description end no word of fish, nor of the others', () => {
  const options = [{ flags: '--a', long: '--a', description: `it's \\ `, takesValue: false, choices: [] }]
  const root = { path: ['signalbox'], usage: '', description: '', options: [], commands: ['x'], choices: [] }
  const one = [root, { ...root, path: ['signalbox', 'x'], options, commands: [], choices: [`o'clock`] }]
  expect(writeCompletion('fish', one)).toContain(`-d 'it\\'s \\\\ '`)
  expect(writeCompletion('bash', one)).toContain(`echo 'o'\\''clock --a --help'`)
})

/** What a line of each script looks like, for machines on which the shell is not installed. */
const quoted = String.raw`'(?:[^'\\]|\\['\\])*'`
const wordArm = String.raw`'signalbox[-a-z ]*'\) echo '[^']*' ;;`
const shape = {
  bash: undefined,
  zsh: new RegExp(`^#compdef signalbox\n_signalbox_words\\(\\) {\n  case \\$1 in\n(    ${wordArm}\n)+  esac\n}\n`),
  fish: new RegExp(
    `^(complete -c signalbox( -n ${quoted})?( -f)?( -l [-a-z]+)?( -f| -r -F| -x -a ${quoted}| -a ${quoted})?( -d ${quoted})?\n)+$`,
  ),
}

test.each([
  ['bash', '-n'],
  ['zsh', '-n'],
  ['fish', '--no-execute'],
] as const)('%s can read its script; where there is none, every line has the right shape', (shell, onlyParse) => {
  const file = join(home, `completion.${shell}`)
  writeFileSync(file, scripts[shell])
  const { error, status, stderr } = spawnSync(shell, [onlyParse, file], { encoding: 'utf8' })
  if (error === undefined) expect([status, stderr]).toEqual([0, ''])
  else if (shape[shell] === undefined) throw error
  else expect(scripts[shell]).toMatch(shape[shell])
})
