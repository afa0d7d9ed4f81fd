import type { Command } from 'commander'
import type { Collection } from '../../contract/registry.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone, printThing } from '../print-thing.ts'
import { readEach } from '../read-option.ts'

interface ListOptions {
  readonly name?: string
  readonly type?: string
  readonly tag?: string
}

export function collectionCommands(program: Command): void {
  const collections = program
    .command('collections')
    .description('what versions are made in, or linked to; by id or entity/project/collection')

  addListOptions(collections.command('list <project>').description('collections of a project or registry'))
    .option('--name <name>', 'exactly this one')
    .option('--type <type>', 'only of this type')
    .option('--tag <tag>', 'only with this tag')
    .action(async (project: string, { name, type, tag }: ListOptions, command: Command) => {
      const { client } = clientFor(command)
      await printList(command, (query) => client.collections.list(project, { ...query, name, type, tag }), {
        columns: [
          ['collection', (collection) => collection.id],
          ['name', (collection) => collection.full_name],
          ['type', (collection) => collection.type],
          ['kind', (collection) => collection.kind],
          ['tags', (collection) => collection.tags.join(', ') || null],
        ],
        whenEmpty: 'No collections.',
      })
    })

  collections
    .command('show <collection>')
    .description('one collection')
    .action(async (ref: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.collections.get(ref))
    })

  collections
    .command('create <project> <name>')
    .description('a new collection in a project or registry')
    .requiredOption('--type <type>', 'what it holds: model, dataset')
    .option('--description <text>')
    .action(async (project: string, name: string, options: CreateOptions, command: Command) => {
      const made = await clientFor(command).client.collections.create(project, { name, ...options })
      printDone(command, made, `${made.id} ${made.full_name} is made.`)
    })

  collections
    .command('edit <collection>')
    .description('rename or describe a collection')
    .option('--name <name>')
    .option('--description <text>')
    .action(async (ref: string, options: Partial<CreateOptions> & { readonly name?: string }, command: Command) => {
      show(command, await clientFor(command).client.collections.update(ref, { ...options }))
    })

  collections
    .command('tag <collection> <tags...>')
    .description('put tags on a collection')
    .action(async (ref: string, tags: string[], _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.collections.addTags(ref, tags))
    })

  collections
    .command('untag <collection> <tag>')
    .description('take a tag off')
    .action(async (ref: string, tag: string, _options: unknown, command: Command) => {
      show(command, await clientFor(command).client.collections.removeTag(ref, tag))
    })

  collections
    .command('alias <collection> <version> <aliases...>')
    .description('put aliases on a version (v3, another alias, art_…); one that another version has moves')
    .action(async (ref: string, version: string, aliases: string[], _options: unknown, command: Command) => {
      const changed = await clientFor(command).client.collections.addAliases(ref, { version, aliases })
      printDone(command, changed, `${changed.full_name} has ${changed.aliases.join(', ')}.`)
    })

  collections
    .command('unalias <collection> <alias>')
    .description('take an alias away')
    .action(async (ref: string, alias: string, _options: unknown, command: Command) => {
      await clientFor(command).client.collections.removeAlias(ref, alias)
      printDone(command, null, `${alias} is gone.`)
    })

  collections
    .command('link <collection> <version>')
    .description('link a version (art_…, entity/project/collection:v3) to a collection of a registry')
    .option('--alias <alias>', 'an alias there; may stand several times', readEach)
    .action(
      async (
        ref: string,
        version: string,
        { alias = [] }: { readonly alias?: readonly string[] },
        command: Command,
      ) => {
        const linked = await clientFor(command).client.collections.link(ref, { version, aliases: [...alias] })
        printDone(command, linked, `${linked.full_name} has ${linked.aliases.join(', ')}.`)
      },
    )

  collections
    .command('unlink <collection> <version>')
    .description('take a link away, with its aliases')
    .action(async (ref: string, version: string, _options: unknown, command: Command) => {
      await clientFor(command).client.collections.unlink(ref, version)
      printDone(command, null, `${version} is linked there no more.`)
    })

  addDeleteOptions(
    collections
      .command('delete <collection>')
      .description('delete a collection with its automations and what was made in it'),
    {
      force: true,
    },
  ).action(async (ref: string, _options: unknown, command: Command) => {
    await clientFor(command).client.collections.delete(ref, await confirmDelete(command, `the collection ${ref}`))
    printDone(command, null, `${ref} is deleted.`)
  })
}

interface CreateOptions {
  readonly type: string
  readonly description?: string
}

function show(command: Command, collection: Collection): void {
  printThing(
    command,
    collection,
    [collection.id, collection.full_name],
    [
      ['type', collection.type],
      ['kind', collection.kind],
      ['description', collection.description],
      ['tags', collection.tags],
      ['changed', collection.updated_at],
    ],
  )
}
