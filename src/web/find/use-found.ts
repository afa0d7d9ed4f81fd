import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useStays } from '../api/leaving.ts'
import { useMe } from '../api/use-me.ts'
import type { Kind } from '../api/use-visited.ts'
import { fullNamePath, placeName, placePath } from '../registry/paths.ts'

export interface Found {
  readonly key: string
  readonly kind: Kind
  readonly name: string
  readonly note: string
  readonly to: string
}

/** Of each kind: who types on finds the one that is meant. */
const foundMax = 5
const page = { limit: 100 } as const

/** Things with these words in their names, of all kinds; in the first hundred where the API does not search itself. */
export function useFound(words: string, team: string | undefined) {
  const organizations = useMe().data?.organizations ?? []
  const stays = useStays()
  const names = useQuery({
    queryKey: ['find', 'names', team],
    queryFn: () => listNames(team),
    staleTime: 60_000,
    enabled: words !== '',
  })
  const searched = useQuery({
    queryKey: ['find', words],
    queryFn: async () => {
      const [automations, collections] = await Promise.all([
        client.automations.list({ text: words, limit: foundMax, sort: 'name' }),
        client.collections.listAll({ text: words, limit: foundMax }),
      ])
      return { automations: automations.items, collections: collections.items }
    },
    enabled: words !== '',
    placeholderData: keepPreviousData,
  })
  const has = ({ name }: { readonly name: string }) => name.toLowerCase().includes(words.toLowerCase())
  const { automations = [], collections = [] } = searched.data ?? {}
  const { webhooks = [], places = [], members = [] } = names.data ?? {}
  const found: Found[] = [
    ...automations.filter(stays).map(({ id, name, scope }) => ({
      key: id,
      kind: 'automation' as const,
      name,
      note: scope.name,
      to: `/automations/${id}`,
    })),
    ...webhooks.filter(stays).map(({ id, name, team: owner }) => ({
      key: id,
      kind: 'webhook' as const,
      name,
      note: owner,
      to: `/teams/${owner}/webhooks/${id}`,
    })),
    ...places.map((place) => ({
      key: place.id,
      kind: place.is_registry ? ('registry' as const) : ('project' as const),
      name: placeName(place),
      note: place.entity,
      to: placePath(place, organizations),
    })),
    ...collections.map(({ id, name, full_name: fullName }) => ({
      key: id,
      kind: 'collection' as const,
      name,
      note: fullName.slice(0, -name.length - 1),
      to: fullNamePath(fullName, organizations),
    })),
    ...members.map(({ id, name }) => ({
      key: id,
      kind: 'person' as const,
      name,
      note: team ?? '',
      to: `/teams/${team}/members`,
    })),
  ].filter(has)
  const kinds = [...new Set(found.map(({ kind }) => kind))]
  return {
    found: kinds.flatMap((kind) => found.filter((one) => one.kind === kind).slice(0, foundMax)),
    isLooking: words !== '' && (names.isPending || searched.isPending || searched.isPlaceholderData),
    error: names.error ?? searched.error,
  }
}

async function listNames(team: string | undefined) {
  const none = { items: [] }
  const [webhooks, places, members] = await Promise.all([
    team === undefined ? none : client.webhooks.list(team, page),
    client.projects.list(page),
    team === undefined ? none : client.teams.members.list(team, page),
  ])
  return { webhooks: webhooks.items, places: places.items, members: members.items }
}
