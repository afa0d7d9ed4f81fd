import type { Command } from 'commander'
import type { Version, VersionDetails } from '../../contract/registry.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printBlock, printDone, printThing, wantsJson } from '../print-thing.ts'
import { readEach, readJson } from '../read-option.ts'

interface CreateOptions {
  readonly metadata?: string
  readonly description?: string
  readonly alias?: readonly string[]
  readonly tag?: readonly string[]
  readonly digest?: string
  readonly run?: string
  readonly pending?: true
}

export function versionCommands(program: Command): void {
  const versions = program
    .command('versions')
    .description('what is made and linked; by art_… or entity/project/collection:v3, or an alias in place of v3')

  addListOptions(versions.command('list <collection>').description('versions of a collection')).action(
    async (collection: string, _options: unknown, command: Command) => {
      const { client } = clientFor(command)
      const now = new Date()
      await printList(command, (query) => client.versions.list(collection, query), {
        columns: [
          ['version', (version) => version.version],
          ['id', (version) => version.id],
          ['aliases', (version) => version.aliases.join(', ') || null],
          ['tags', (version) => version.tags.join(', ') || null],
          ['author', (version) => version.author],
          ['made', (version) => relativeTime(version.created_at, now)],
        ],
        whenEmpty: 'No versions.',
      })
    },
  )

  versions
    .command('show <version>')
    .description('one version, with every collection it is in')
    .action(async (ref: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.versions.get(ref))
    })

  versions
    .command('create <collection>')
    .description('a new version in a collection of a project')
    .option('--metadata <json>', 'JSON, @file, or - for standard input')
    .option('--description <text>')
    .option('--alias <alias>', 'besides latest; may stand several times', readEach)
    .option('--tag <tag>', 'may stand several times', readEach)
    .option('--digest <digest>', 'of its content: the newest version with the same one is taken instead')
    .option('--run <name>', 'the run that made it')
    .option('--pending', 'give it its number later, with commit')
    .action(async (collection: string, options: CreateOptions, command: Command) => {
      const { metadata, description, alias = [], tag = [], digest, run, pending } = options
      const made = await clientFor(command).client.versions.create(collection, {
        aliases: [...alias],
        tags: [...tag],
        ...(metadata === undefined ? {} : { metadata: readJson('--metadata', metadata) }),
        ...(description === undefined ? {} : { description }),
        ...(digest === undefined ? {} : { digest }),
        ...(run === undefined ? {} : { source_run: run }),
        ...(pending === true ? { commit: false } : {}),
      })
      printDone(command, made, `${made.id} ${made.full_name}${made.created ? '' : ' (made before: nothing new)'}`)
    })

  versions
    .command('commit')
    .argument('<version>')
    .description('give a pending version its number')
    .action(async (ref: string, _options: unknown, command: Command) => {
      const committed = await clientFor(command).client.versions.commit(ref)
      printDone(command, committed, `${committed.id} is ${committed.full_name}.`)
    })

  versions
    .command('edit <version>')
    .description('describe a version, or replace its metadata')
    .option('--description <text>')
    .option('--metadata <json>', 'JSON, @file, or - for standard input')
    .action(async (ref: string, { description, metadata }: CreateOptions, command: Command) => {
      const changed = await clientFor(command).client.versions.update(ref, {
        ...(description === undefined ? {} : { description }),
        ...(metadata === undefined ? {} : { metadata: readJson('--metadata', metadata) }),
      })
      show(command, changed)
    })

  versions
    .command('tag <version> <tags...>')
    .description('put tags on a version, wherever it is linked')
    .action(async (ref: string, tags: string[], _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.versions.addTags(ref, tags))
    })

  versions
    .command('untag <version> <tag>')
    .description('take a tag off')
    .action(async (ref: string, tag: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.versions.removeTag(ref, tag))
    })

  addDeleteOptions(versions.command('delete <version>').description('delete a version, and every link to it'), {
    force: true,
  }).action(async (ref: string, _options: unknown, command: Command) => {
    await clientFor(command).client.versions.delete(ref, await confirmDelete(command, `the version ${ref}`))
    printDone(command, null, `${ref} is deleted.`)
  })
}

function show(command: Command, version: VersionDetails): void {
  printThing(
    command,
    version,
    [version.id, version.full_name],
    [
      ...fieldsOf(version),
      ...version.memberships.map(
        ({ full_name: name, source, aliases }) =>
          [
            source ? 'made as' : 'linked as',
            `${name}${aliases.length === 0 ? '' : `  (${aliases.join(', ')})`}`,
          ] as const,
      ),
    ],
  )
  if (!wantsJson(command)) printBlock('metadata', JSON.stringify(version.metadata))
}

function fieldsOf(version: Version) {
  return [
    ['state', version.state],
    ['type', version.type],
    ['tags', version.tags],
    ['description', version.description],
    ['digest', version.digest],
    ['run', version.source_run],
    ['author', version.author],
    ['made', version.created_at],
  ] as const
}
