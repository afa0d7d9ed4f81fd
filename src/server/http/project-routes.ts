import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import { Grant, NewProject, NewRegistry, Project } from '../../contract/project.ts'
import { changeGrant, createProject, createRegistry, listProjects, readProject } from '../places/manage-projects.ts'
import type { App } from './app.ts'

const ByProject = z.strictObject({ project: z.string().describe('`prj_…`, `team%2Fname`, or the bare name.') })
const Granted = z.strictObject({
  registry: z.string(),
  grantee: z.string().describe('A team or person, by name or id.'),
})

export function projectRoutes(app: App): void {
  app.post(
    '/projects',
    {
      schema: {
        operationId: 'createProject',
        summary: 'Make a project',
        tags: ['projects'],
        body: NewProject,
        response: { 201: Project },
      },
    },
    async (request, reply) => reply.code(201).send(await createProject(request.context, request.body)),
  )
  app.post(
    '/registries',
    {
      schema: {
        operationId: 'createRegistry',
        summary: 'Make a registry',
        tags: ['projects'],
        body: NewRegistry,
        response: { 201: Project },
      },
    },
    async (request, reply) => reply.code(201).send(await createRegistry(request.context, request.body)),
  )
  app.get(
    '/projects',
    {
      schema: {
        operationId: 'listProjects',
        summary: 'Projects and registries you may see, newest first',
        tags: ['projects'],
        querystring: PageQuery,
        response: { 200: pageOf(Project) },
      },
    },
    async (request) => listProjects(request.context, request.query),
  )
  app.get(
    '/projects/:project',
    {
      schema: {
        operationId: 'getProject',
        summary: 'One project or registry',
        tags: ['projects'],
        params: ByProject,
        response: { 200: Project },
      },
    },
    async (request) => readProject(request.context, request.params.project),
  )
  app.put(
    '/registries/:registry/grants/:grantee',
    {
      schema: {
        operationId: 'setGrant',
        summary: 'Give a team or person a role in a registry',
        tags: ['projects'],
        params: Granted,
        body: Grant,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changeGrant(request.context, request.params.registry, request.params.grantee, request.body.role)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/registries/:registry/grants/:grantee',
    {
      schema: {
        operationId: 'removeGrant',
        summary: 'Take a role in a registry away',
        tags: ['projects'],
        params: Granted,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await changeGrant(request.context, request.params.registry, request.params.grantee, null)
      return reply.code(204).send(null)
    },
  )
}
