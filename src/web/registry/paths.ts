import type { Project } from '../../contract/project.ts'

const registryPrefix = 'wandb-registry-'

const join = (...pieces: readonly string[]): string => `/${pieces.map(encodeURIComponent).join('/')}`

type NamedPlace = Pick<Project, 'id' | 'entity' | 'name' | 'is_registry'>

/** What people call it: `models`, where the API says `wandb-registry-models`. */
export function placeName({ name, is_registry: isRegistry }: Pick<Project, 'name' | 'is_registry'>): string {
  return isRegistry && name.startsWith(registryPrefix) ? name.slice(registryPrefix.length) : name
}

/** How the API is told of a registry that an address names as `models`, `acme/models` or `prj_7`. */
export function registryRef(param: string): string {
  const slash = param.lastIndexOf('/')
  const last = param.slice(slash + 1)
  const isWhole = /^prj_\d+$/.test(param) || last.startsWith(registryPrefix)
  return isWhole ? param : `${param.slice(0, slash + 1)}${registryPrefix}${last}`
}

/**
 * The address of a project or registry. Two organizations may each have a registry of one name, so who belongs to
 * several, or sees one of an organization not theirs, gets the id.
 */
export function placePath(place: NamedPlace, organizations: readonly { readonly name: string }[]): string {
  if (!place.is_registry) return join('projects', place.entity, place.name)
  const short = placeName(place)
  const isPlain =
    organizations.length === 1 && organizations[0]?.name === place.entity && !short.startsWith(registryPrefix)
  return join('registries', isPlain ? short : place.id)
}

/** The address of a collection that is known by its full name alone. */
export function fullNamePath(fullName: string, organizations: readonly { readonly name: string }[]): string {
  const [entity = '', name = '', collection = ''] = fullName.split('/')
  const isRegistry = name.startsWith(registryPrefix)
  const place = placePath({ id: `${entity}/${name}`, entity, name, is_registry: isRegistry }, organizations)
  return collectionPath(place, collection)
}

export function collectionPath(placeAddress: string, collection: string): string {
  return `${placeAddress}${join(collection)}`
}

export const automationPath = (id: string): string => join('automations', id)
export const eventPath = (id: string): string => join('events', id)
