import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** The first hundred collections of a project or registry, to choose from and to count. */
export function useCollections(place: string | undefined) {
  return useQuery({
    queryKey: ['collections', place, 'choice'],
    queryFn: () => client.collections.list(place!, { limit: 100 }),
    enabled: place !== undefined && place !== '',
  })
}
