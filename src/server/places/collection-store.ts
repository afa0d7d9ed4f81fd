import type { CollectionId, ProjectId } from '../base/ids.ts'
import type { Queryable } from '../database/database.ts'
import type { Collection } from './place.ts'

export type CollectionQuery =
  | { readonly id: CollectionId }
  | { readonly entityNameKey: string; readonly projectName: string; readonly name: string }

export type CollectionIdentity = Omit<Collection, 'project'> & { readonly projectId: ProjectId }

/** The live collection, or none. */
export async function selectCollections(db: Queryable, by: CollectionQuery): Promise<CollectionIdentity[]> {
  if ('id' in by) return db.query<CollectionIdentity>(selectById, [by.id])
  return db.query<CollectionIdentity>(selectByName, [by.entityNameKey, by.projectName, by.name])
}

const columns = `c.id, c.name, t.name as type, c.kind, c.project_id as "projectId"`

const selectById = {
  name: 'select_collection',
  text: `select ${columns} from collections c join artifact_types t on t.id = c.type_id where c.id = $1 and c.archived_at is null`,
}

const selectByName = {
  name: 'select_collection_by_name',
  text: `select ${columns} from entities e join projects p on p.entity_id = e.id and p.archived_at is null
      join collections c on c.project_id = p.id and c.archived_at is null join artifact_types t on t.id = c.type_id
    where e.name_key = $1 and e.archived_at is null and p.name = $2 and c.name = $3`,
}
