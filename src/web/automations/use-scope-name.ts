import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import type { Scope } from './draft.ts'

/** What people call it; undefined while that is not known. */
export function useScopeName({ kind, ref }: Scope): string | undefined {
  const project = useQuery({
    queryKey: ['project', ref],
    queryFn: () => client.projects.get(ref),
    enabled: kind === 'project' && ref !== '',
  })
  const collection = useQuery({
    queryKey: ['collection', ref],
    queryFn: () => client.collections.get(ref),
    enabled: kind === 'collection',
  })
  if (kind === 'team') return ref
  return kind === 'project' ? project.data?.name : collection.data?.full_name
}
