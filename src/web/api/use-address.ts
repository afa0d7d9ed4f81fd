import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router'

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
  | 'from'
  | 'state'
  | 'code'
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
  | 'after'
  | 'who'
  | 'action'

/** What the path names; which of them are there, the routes say. */
export function useNamed(): { readonly [name in Named]?: string } {
  return useParams({ strict: false })
}

/** What the address says beside its path, as its route has checked it. */
export function useSearched(): { readonly [name in Searched]?: string } {
  return useSearch({ strict: false })
}

/** The place in the list of this page, kept in its address with whatever else has to stand there with it. */
export function useKeptPlace(beside: { readonly place?: string } = {}) {
  const { after } = useSearched()
  const navigate = useNavigate()
  const router = useRouter()
  return {
    after,
    keep: (row: string | undefined): void => {
      // On the way to another page, the one that is left keeps what it has.
      if (router.state.isLoading) return
      const search = (current: object) => ({ ...current, ...beside, after: row })
      void navigate({ to: '.', search, replace: true, resetScroll: false })
    },
  }
}
