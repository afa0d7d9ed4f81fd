import { useParams, useSearch } from '@tanstack/react-router'

type Named =
  | 'team'
  | 'webhook'
  | 'automation'
  | 'delivery'
  | 'event'
  | 'registry'
  | 'entity'
  | 'project'
  | 'collection'
  | 'problem'
type Searched =
  | 'next'
  | 'q'
  | 'event'
  | 'webhook'
  | 'automation'
  | 'mine'
  | 'sort'
  | 'step'
  | 'scope'
  | 'copy'
  | 'state'
  | 'since'
  | 'type'
  | 'result'
  | 'by'
  | 'attempt'
  | 'place'
  | 'tab'
  | 'panel'
  | 'version'
  | 'range'

/** What the path names; which of them are there, the routes say. */
export function useNamed(): { readonly [name in Named]?: string } {
  return useParams({ strict: false })
}

/** What the address says beside its path, as its route has checked it. */
export function useSearched(): { readonly [name in Searched]?: string } {
  return useSearch({ strict: false })
}
