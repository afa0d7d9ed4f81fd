import type { Command } from 'commander'
import type { Project } from '../../contract/project.ts'
import { clientFor } from '../client-for.ts'
import { addDeleteOptions, confirmDelete } from '../confirm.ts'
import { findTeam } from '../find-team.ts'
import { relativeTime } from '../print.ts'
import { addListOptions, printList } from '../print-list.ts'
import { printDone, printThing } from '../print-thing.ts'
import { makeAutomationsByOption } from '../registry-options.ts'

export function projectCommands(program: Command): void {
  const projects = program.command('projects').description('where versions are made and custom events recorded')

  addListOptions(projects.command('list').description('projects and registries you may see'))
    .option('--entity <entity>', 'only those of this team, person or organization')
    .action(async ({ entity }: { readonly entity?: string }, command: Command) => {
      const { client } = clientFor(command)
      const now = new Date()
      await printList(
        command,
        (query) => client.projects.list({ ...query, ...(entity === undefined ? {} : { entity }) }),
        {
          columns: [
            ['project', (project) => project.id],
            ['name', (project) => `${project.entity}/${project.name}`],
            ['kind', (project) => (project.is_registry ? 'registry' : 'project')],
            ['collections', (project) => project.collections],
            ['versions', (project) => project.versions],
            ['automations', (project) => project.automations],
            ['last event', ({ last_event: last }) => (last === null ? null : relativeTime(last.at, now))],
            ['your role', (project) => project.role],
          ],
          whenEmpty: 'No projects.',
        },
      )
    })

  projects
    .command('show <project>')
    .description('one project or registry')
    .action(async (ref: string, _options: unknown, command: Command) => {
      showProject(command, await clientFor(command).client.projects.get(ref))
    })

  projects
    .command('create <name>')
    .description('a new project')
    .option('--team <team>', 'by name or id; your only team when left out')
    .action(async (name: string, { team }: { readonly team?: string }, command: Command) => {
      const { client } = clientFor(command)
      const made = await client.projects.create({ team: await findTeam(client, team), name })
      printDone(command, made, `${made.id} ${made.entity}/${made.name} is made.`)
    })

  projects
    .command('edit <project>')
    .description('change what a project is set to')
    .addOption(makeAutomationsByOption().makeOptionMandatory())
    .action(async (ref: string, { automationsBy }: { readonly automationsBy: boolean }, command: Command) => {
      const changed = await clientFor(command).client.projects.update(ref, { automations_by_members: automationsBy })
      showProject(command, changed)
    })

  addDeleteProject(projects, 'project', (name) => name)
}

/** For `projects` and `registries`: whatever `toRef` makes of the name. */
export function addDeleteProject(parent: Command, noun: string, toRef: (name: string) => string): void {
  addDeleteOptions(parent.command(`delete <${noun}>`).description(`delete a ${noun} that has no collections`), {
    force: false,
  }).action(async (name: string, _options: unknown, command: Command) => {
    await confirmDelete(command, `the ${noun} ${name}`)
    await clientFor(command).client.projects.delete(toRef(name))
    printDone(command, null, `${name} is deleted.`)
  })
}

export function showProject(command: Command, project: Project): void {
  printThing(
    command,
    project,
    [project.id, `${project.entity}/${project.name}`],
    [
      ['kind', project.is_registry ? 'registry' : 'project'],
      ['visibility', project.visibility],
      ['accepts', project.is_registry ? (project.accepted_types ?? ['all types']) : null],
      ['protected aliases', project.protected_aliases],
      ['automations by', project.automations_by_members ? 'members' : 'admins'],
      ['your role', project.role],
      ['made', project.created_at],
    ],
  )
}
