import * as z from 'zod'
import { PageQuery } from '../../contract/page.ts'
import {
  CreatedVersion,
  NewVersion,
  TagsChange,
  VersionChange,
  VersionDetails,
  Versions,
} from '../../contract/registry.ts'
import { commitVersion, createVersion } from '../registry/create-version.ts'
import { deleteVersion } from '../registry/delete-version.ts'
import { listVersions, readVersion } from '../registry/read-collections.ts'
import { addVersionTags, removeVersionTag } from '../registry/tag-version.ts'
import { updateVersion } from '../registry/update-version.ts'
import type { App } from './app.ts'
import { ForceQuery } from './force-query.ts'
import type { House } from './house.ts'

const InCollection = z.strictObject({ id: z.string().describe('`col_…`, or `entity%2Fproject%2Fcollection`.') })
const ById = z.strictObject({
  id: z.string().describe('`art_…`, or `entity%2Fproject%2Fcollection:v3`, or `…:alias`.'),
})
const tags = ['versions']

export function versionRoutes(app: App, { registry }: House): void {
  app.post(
    '/collections/:id/versions',
    {
      schema: {
        operationId: 'createVersion',
        summary: 'Make a version in a collection of a project; 200 when the newest one has its digest already',
        tags,
        params: InCollection,
        body: NewVersion,
        response: { 200: CreatedVersion, 201: CreatedVersion },
      },
    },
    async (request, reply) => {
      const version = await createVersion(registry, request.context, request.params.id, request.body)
      return reply.code(version.created ? 201 : 200).send(version)
    },
  )

  app.get(
    '/collections/:id/versions',
    {
      schema: {
        operationId: 'listVersions',
        summary: 'Versions of a collection, newest first',
        tags,
        params: InCollection,
        querystring: PageQuery,
        response: { 200: Versions },
      },
    },
    async (request) => listVersions(request.context, request.params.id, request.query),
  )

  app.get(
    '/versions/:id',
    {
      schema: {
        operationId: 'getVersion',
        summary: 'One version, with every collection it is in',
        tags,
        params: ById,
        response: { 200: VersionDetails },
      },
    },
    async (request) => readVersion(request.context, request.params.id),
  )

  app.patch(
    '/versions/:id',
    {
      schema: {
        operationId: 'updateVersion',
        summary: 'Describe a version, or replace its metadata; for members of the project it was made in',
        tags,
        params: ById,
        body: VersionChange,
        response: { 200: VersionDetails },
      },
    },
    async (request) => updateVersion(registry, request.context, request.params.id, request.body),
  )

  app.post(
    '/versions/:id/commit',
    {
      schema: {
        operationId: 'commitVersion',
        summary: 'Give a pending version its number',
        tags,
        params: ById,
        response: { 200: CreatedVersion },
      },
    },
    async (request) => commitVersion(registry, request.context, request.params.id),
  )

  app.delete(
    '/versions/:id',
    {
      schema: {
        operationId: 'deleteVersion',
        summary: 'Delete a version, and every link to it',
        tags,
        params: ById,
        querystring: ForceQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteVersion(registry, request.context, request.params.id, request.query)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/versions/:id/tags',
    {
      schema: {
        operationId: 'addVersionTags',
        summary: 'Put tags on a version, wherever it is linked',
        tags,
        params: ById,
        body: TagsChange,
        response: { 200: VersionDetails },
      },
    },
    async (request) => addVersionTags(registry, request.context, request.params.id, request.body.tags),
  )

  app.delete(
    '/versions/:id/tags/:tag',
    {
      schema: {
        operationId: 'removeVersionTag',
        summary: 'Take a tag off a version',
        tags,
        params: ById.extend({ tag: z.string() }),
        response: { 200: VersionDetails },
      },
    },
    async (request) => removeVersionTag(registry, request.context, request.params.id, request.params.tag),
  )
}
