import { useMutation } from '@tanstack/react-query'
import type { SetUp } from '../../contract/who.ts'
import { client, queries } from './client.ts'

const stateKey = ['set-up']

/** Whether nobody is there yet who could sign in. A server that does not say so is taken for one that is set up. */
export async function isSetUpNeeded(): Promise<boolean> {
  const state = queries.query({ queryKey: stateKey, queryFn: () => client.setUp.state(), staleTime: 0, retry: false })
  return state.then(
    ({ needed }) => needed,
    () => false,
  )
}

export function useSetUp() {
  return useMutation({
    mutationFn: (input: SetUp) => client.setUp.make(input),
    gcTime: 0,
    onSuccess: (me) => void queries.setQueryData(['me'], me),
  })
}
