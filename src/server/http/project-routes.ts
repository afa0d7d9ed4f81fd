import * as z from 'zod'
import { pageOf, PageQuery } from '../../contract/page.ts'
import {
  GrantChange,
  Grants,
  ListedProject,
  NewProject,
  NewRegistry,
  Project,
  ProjectQuery,
} from '../../contract/project.ts'
import { ProjectChange, RegistryChange } from '../../contract/registry.ts'
import { updateProject, updateRegistry } from '../places/change-project.ts'
import { createProject, createRegistry } from '../places/create-project.ts'
import { changeGrant, listGrants } from '../places/manage-grants.ts'
import { listProjects, listRegistries, readProject } from '../places/read-projects.ts'
import { deleteProject } from '../registry/delete-project.ts'
import type { App } from './app.ts'

const ByProject = z.strictObject({ project: z.string().describe('`prj_…`, `team%2Fname`, or the bare name.') })
const ByRegistry = z.strictObject({
  registry: z.string().describe('`prj_…`, `organization%2Fname`, or the bare name, prefix included.'),
})
const Granted = ByRegistry.extend({ grantee: z.string().describe('A team or person, by name or id.') })
const tags = ['projects']

export function projectRoutes(app: App): void {
  app.post(
    '/projects',
    {
      schema: {
        operationId: 'createProject',
        summary: 'Make a project',
        tags,
        body: NewProject,
        response: { 201: Project },
      },
    },
    async (request, reply) => reply.code(201).send(await createProject(request.context, request.body)),
  )

  app.get(
    '/projects',
    {
      schema: {
        operationId: 'listProjects',
        summary: 'Projects and registries you may see, newest first',
        tags,
        querystring: ProjectQuery,
        response: { 200: pageOf(ListedProject) },
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
        tags,
        params: ByProject,
        response: { 200: Project },
      },
    },
    async (request) => readProject(request.context, request.params.project),
  )

  app.patch(
    '/projects/:project',
    {
      schema: {
        operationId: 'updateProject',
        summary: 'Change what a project is set to',
        tags,
        params: ByProject,
        body: ProjectChange,
        response: { 200: Project },
      },
    },
    async (request) => updateProject(request.context, request.params.project, request.body),
  )

  app.delete(
    '/projects/:project',
    {
      schema: {
        operationId: 'deleteProject',
        summary: 'Delete a project or registry that has no collections, with its automations',
        tags,
        params: ByProject,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteProject(request.context, request.params.project)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/registries',
    {
      schema: {
        operationId: 'createRegistry',
        summary: 'Make a registry',
        tags,
        body: NewRegistry,
        response: { 201: Project },
      },
    },
    async (request, reply) => reply.code(201).send(await createRegistry(request.context, request.body)),
  )

  app.get(
    '/registries',
    {
      schema: {
        operationId: 'listRegistries',
        summary: 'Registries you may see, newest first',
        tags,
        querystring: ProjectQuery,
        response: { 200: pageOf(ListedProject) },
      },
    },
    async (request) => listRegistries(request.context, request.query),
  )

  app.patch(
    '/registries/:registry',
    {
      schema: {
        operationId: 'updateRegistry',
        summary: 'Change who sees a registry, what it accepts and which aliases it protects',
        tags,
        params: ByRegistry,
        body: RegistryChange,
        response: { 200: Project },
      },
    },
    async (request) => updateRegistry(request.context, request.params.registry, request.body),
  )

  app.get(
    '/registries/:registry/grants',
    {
      schema: {
        operationId: 'listGrants',
        summary: 'Roles that a registry gives to teams and people',
        tags,
        params: ByRegistry,
        querystring: PageQuery,
        response: { 200: Grants },
      },
    },
    async (request) => listGrants(request.context, request.params.registry, request.query),
  )

  app.put(
    '/registries/:registry/grants/:grantee',
    {
      schema: {
        operationId: 'setGrant',
        summary: 'Give a team or person a role in a registry',
        tags,
        params: Granted,
        body: GrantChange,
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
        tags,
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
