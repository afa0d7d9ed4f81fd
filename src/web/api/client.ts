import { MutationCache, MutationObserver, QueryCache, QueryClient } from '@tanstack/react-query'
import { connect } from '../../sdk/connect.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { session } from './session.ts'

/** Whoever is signed in asks: the browser sends the session's cookie along. What is deleted is, also when the page goes. */
export const client = connect({
  url: window.location.origin,
  fetch: (input, init) => fetch(input, { ...init, keepalive: init?.method === 'DELETE' }),
})

export function isSignedOut(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.status === 401
}

const signingIn = () => window.location.pathname === '/sign-in'

function noteRefusal(error: unknown): void {
  if (isSignedOut(error) && !signingIn() && queries.getQueryData(['me']) !== undefined) session.end()
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteRefusal }),
  mutationCache: new MutationCache({
    // Whatever was changed may have been what needed somebody.
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['attention'] }),
    onError: (error, _input, _result, mutation) => {
      if (mutation.options.mutationKey?.[0] !== 'sign-in') noteRefusal(error)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // A refusal stays one; what could not be reached is tried again.
      retry: (count, error) => !(error instanceof SignalboxProblem && error.status < 500) && count < 2,
    },
  },
})

/** A change that is made however long the component that asked for it stays. */
export function change<Answer>(make: () => Promise<Answer>): Promise<Answer> {
  return new MutationObserver(queries, { mutationFn: make }).mutate()
}

/** Every list and page that shows one of these is asked for again. */
export async function refresh(...keys: readonly (readonly unknown[])[]): Promise<void> {
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
}
