import * as z from 'zod'
import {
  AliasChange,
  Collection,
  CollectionChange,
  CollectionQuery,
  CollectionSearch,
  Collections,
  NewCollection,
  NewLink,
  TagsChange,
  Version,
} from '../../contract/registry.ts'
import { addAliases, removeAlias } from '../registry/change-aliases.ts'
import { createCollection } from '../registry/create-collection.ts'
import { deleteCollection } from '../registry/delete-collection.ts'
import { linkVersion, unlinkVersion } from '../registry/link-version.ts'
import { listAllCollections, listCollections, readCollection } from '../registry/read-collections.ts'
import { addCollectionTags, removeCollectionTag } from '../registry/tag-collection.ts'
import { updateCollection } from '../registry/update-collection.ts'
import type { App } from './app.ts'
import { ForceQuery } from './force-query.ts'
import type { House } from './house.ts'

const InProject = z.strictObject({ project: z.string().describe('`prj_…`, `team%2Fname`, or the bare name.') })
const ById = z.strictObject({ id: z.string().describe('`col_…`, or `entity%2Fproject%2Fcollection`.') })
const tags = ['collections']

export function collectionRoutes(app: App, { registry }: House): void {
  app.post(
    '/projects/:project/collections',
    {
      schema: {
        operationId: 'createCollection',
        summary: 'Make a collection in a project or registry',
        tags,
        params: InProject,
        body: NewCollection,
        response: { 201: Collection },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createCollection(registry, request.context, request.params.project, request.body)),
  )

  app.get(
    '/projects/:project/collections',
    {
      schema: {
        operationId: 'listCollections',
        summary: 'Collections of a project or registry, newest first',
        tags,
        params: InProject,
        querystring: CollectionQuery,
        response: { 200: Collections },
      },
    },
    async (request) => listCollections(request.context, request.params.project, request.query),
  )

  app.get(
    '/collections',
    {
      schema: {
        operationId: 'listAllCollections',
        summary: 'Collections of every project and registry you may see, newest first',
        tags,
        querystring: CollectionSearch,
        response: { 200: Collections },
      },
    },
    async (request) => listAllCollections(request.context, request.query),
  )

  app.get(
    '/collections/:id',
    {
      schema: {
        operationId: 'getCollection',
        summary: 'One collection',
        tags,
        params: ById,
        response: { 200: Collection },
      },
    },
    async (request) => readCollection(request.context, request.params.id),
  )

  app.patch(
    '/collections/:id',
    {
      schema: {
        operationId: 'updateCollection',
        summary: 'Rename or describe a collection',
        tags,
        params: ById,
        body: CollectionChange,
        response: { 200: Collection },
      },
    },
    async (request) => updateCollection(registry, request.context, request.params.id, request.body),
  )

  app.delete(
    '/collections/:id',
    {
      schema: {
        operationId: 'deleteCollection',
        summary: 'Delete a collection, its automations and the versions made in it; its history stays',
        tags,
        params: ById,
        querystring: ForceQuery,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteCollection(registry, request.context, request.params.id, request.query)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/collections/:id/tags',
    {
      schema: {
        operationId: 'addCollectionTags',
        summary: 'Put tags on a collection',
        tags,
        params: ById,
        body: TagsChange,
        response: { 200: Collection },
      },
    },
    async (request) => addCollectionTags(registry, request.context, request.params.id, request.body.tags),
  )

  app.delete(
    '/collections/:id/tags/:tag',
    {
      schema: {
        operationId: 'removeCollectionTag',
        summary: 'Take a tag off a collection',
        tags,
        params: ById.extend({ tag: z.string() }),
        response: { 200: Collection },
      },
    },
    async (request) => removeCollectionTag(registry, request.context, request.params.id, request.params.tag),
  )

  app.post(
    '/collections/:id/aliases',
    {
      schema: {
        operationId: 'addAliases',
        summary: 'Put aliases on a version of a collection; one that another version has moves',
        tags,
        params: ById,
        body: AliasChange,
        response: { 200: Version },
      },
    },
    async (request) => addAliases(registry, request.context, request.params.id, request.body),
  )

  app.delete(
    '/collections/:id/aliases/:alias',
    {
      schema: {
        operationId: 'removeAlias',
        summary: 'Take an alias away',
        tags,
        params: ById.extend({ alias: z.string() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeAlias(registry, request.context, request.params.id, request.params.alias)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/collections/:id/links',
    {
      schema: {
        operationId: 'linkVersion',
        summary: 'Link a version to a collection of a registry; 200 when it was linked before',
        tags,
        params: ById,
        body: NewLink,
        response: { 200: Version, 201: Version },
      },
    },
    async (request, reply) => {
      const { version, created } = await linkVersion(registry, request.context, request.params.id, request.body)
      return reply.code(created ? 201 : 200).send(version)
    },
  )

  app.delete(
    '/collections/:id/links/:version',
    {
      schema: {
        operationId: 'unlinkVersion',
        summary: 'Take a link away, with its aliases',
        tags,
        params: ById.extend({ version: z.string().describe('`v3`, an alias, or `art_…`.') }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await unlinkVersion(registry, request.context, request.params.id, request.params.version)
      return reply.code(204).send(null)
    },
  )
}
