import { Argument, type Command } from 'commander'
import { RegistryRole } from '../../contract/who.ts'
import { registryRef } from '../automation-options.ts'
import { clientFor } from '../client-for.ts'
import { UsageError } from '../failures.ts'
import { relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone } from '../print-thing.ts'
import { readEach } from '../read-option.ts'
import {
  makeAutomationsByOption,
  makeVisibilityOption,
  registryChange,
  type RegistryOptions,
} from '../registry-options.ts'
import { addDeleteProject, showProject } from './projects.ts'

export function registryCommands(program: Command): void {
  const registries = program
    .command('registries')
    .description('an organization’s shelves of versions, with roles of their own')

  addListOptions(registries.command('list').description('registries you may see')).action(
    async (_options: unknown, command: Command) => {
      const { client } = clientFor(command)
      const now = new Date()
      await printList(command, (query) => client.registries.list(query), {
        columns: [
          ['registry', (registry) => registry.id],
          ['name', (registry) => `${registry.entity}/${registry.name}`],
          ['visibility', (registry) => registry.visibility],
          ['accepts', (registry) => registry.accepted_types?.join(', ') ?? 'all types'],
          ['protected', (registry) => registry.protected_aliases.join(', ') || null],
          ['collections', (registry) => registry.collections],
          ['versions', (registry) => registry.versions],
          ['automations', (registry) => registry.automations],
          ['last event', ({ last_event: last }) => (last === null ? null : relativeTime(last.at, now))],
          ['your role', (registry) => registry.role],
        ],
        whenEmpty: 'No registries.',
      })
    },
  )

  registries
    .command('show <registry>')
    .description('one registry')
    .action(async (ref: string, _options: unknown, command: Command) => {
      showProject(command, await clientFor(command).client.projects.get(registryRef(ref)))
    })

  registries
    .command('create <name>')
    .description('a new registry; its name goes without the prefix')
    .option('--organization <organization>', 'by name or id; your only one when left out')
    .addOption(makeVisibilityOption().default('organization'))
    .action(async (name: string, options: CreateOptions, command: Command) => {
      const { client } = clientFor(command)
      const organization = options.organization ?? (await onlyOrganization(client))
      const made = await client.registries.create({ organization, name, visibility: options.visibility })
      printDone(command, made, `${made.id} ${made.entity}/${made.name} is made.`)
    })

  registries
    .command('edit <registry>')
    .description('change who sees it, what it accepts and which aliases it protects')
    .addOption(makeVisibilityOption())
    .option('--accept <type>', 'a type its collections may have; may stand several times', readEach)
    .option('--accept-all', 'all types')
    .option('--protect <alias>', 'an alias that only admins move; may stand several times', readEach)
    .option('--protect-none', 'no aliases')
    .addOption(makeAutomationsByOption())
    .action(async (ref: string, options: RegistryOptions, command: Command) => {
      const { client } = clientFor(command)
      showProject(command, await client.registries.update(registryRef(ref), registryChange(options)))
    })

  addListOptions(registries.command('grants <registry>').description('roles it gives to teams and people')).action(
    async (ref: string, _options: unknown, command: Command) => {
      const { client } = clientFor(command)
      await printList(command, (query) => client.registries.listGrants(registryRef(ref), query), {
        columns: [
          ['name', (grant) => grant.name],
          ['kind', (grant) => grant.kind],
          ['role', (grant) => grant.role],
        ],
        whenEmpty: 'No roles beyond those of the organization.',
      })
    },
  )

  registries
    .command('grant <registry> <grantee>')
    .description('give a team or person a role')
    .addArgument(new Argument('<role>').choices(RegistryRole.options))
    .action(async (ref: string, grantee: string, role: RegistryRole, _options: unknown, command: Command) => {
      await clientFor(command).client.registries.setGrant(registryRef(ref), grantee, role)
      printDone(command, null, `${grantee} is ${role} there.`)
    })

  registries
    .command('revoke <registry> <grantee>')
    .description('take a role away')
    .action(async (ref: string, grantee: string, _options: unknown, command: Command) => {
      await clientFor(command).client.registries.removeGrant(registryRef(ref), grantee)
      printDone(command, null, `${grantee} has no role of its own there.`)
    })

  addDeleteProject(registries, 'registry', registryRef)
}

interface CreateOptions {
  readonly organization?: string
  readonly visibility: 'organization' | 'restricted'
}

async function onlyOrganization(client: ReturnType<typeof clientFor>['client']): Promise<string> {
  const { organizations } = await client.me()
  const [only, ...others] = organizations
  if (only === undefined || others.length > 0)
    throw new UsageError('you belong to none or several organizations', '--organization <organization>')
  return only.name
}
