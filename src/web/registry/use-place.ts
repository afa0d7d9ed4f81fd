import { useQuery } from '@tanstack/react-query'
import { useNamed } from '../api/use-address.ts'
import type { Project } from '../../contract/project.ts'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { placePath, registryRef } from './paths.ts'

interface PlaceParams {
  readonly registry?: string
  readonly entity?: string
  readonly project?: string
  readonly collection?: string
}

/** The project or registry that the address names. */
export function usePlace() {
  const params: PlaceParams = useNamed()
  const { registry, entity = '', project = '' } = params
  const ref = registry === undefined ? `${entity}/${project}` : registryRef(registry)
  return useQuery({ queryKey: ['place', ref], queryFn: () => client.projects.get(ref) })
}

/** What the address calls the page, until more is known. */
export function useAddressName(): string {
  const { registry, project, collection }: PlaceParams = useNamed()
  return collection ?? project ?? registry ?? ''
}

/** The collection that the address names, once its place is known. */
export function useCollection(place: Project | undefined) {
  const { collection = '' }: PlaceParams = useNamed()
  const ref = place === undefined ? '' : `${place.entity}/${place.name}/${collection}`
  return useQuery({
    queryKey: ['collection', ref],
    queryFn: () => client.collections.get(ref),
    enabled: place !== undefined,
  })
}

export function usePlacePath(): (place: Project) => string {
  const organizations = useMe().data?.organizations ?? []
  return (place) => placePath(place, organizations)
}

export function canWrite({ role }: Pick<Project, 'role'>): boolean {
  return role === 'admin' || role === 'member'
}

/** What happened in a place, and who has which role there, is not for restricted viewers. */
export function seesEvents({ role }: Pick<Project, 'role'>): boolean {
  return role !== 'restricted_viewer'
}

export function mayAutomate({
  role,
  automations_by_members,
}: Pick<Project, 'role' | 'automations_by_members'>): boolean {
  return role === 'admin' || (role === 'member' && automations_by_members)
}
