import { useMutation, useQuery } from '@tanstack/react-query'
import type { SignIn } from '../../contract/who.ts'
import { client, queries } from './client.ts'
import { heldBack } from './held-back.ts'

export const meQuery = { queryKey: ['me'], queryFn: () => client.me(), staleTime: 60_000 } as const

export function useMe() {
  return useQuery(meQuery)
}

export function useSignIn() {
  return useMutation({
    mutationKey: ['sign-in'],
    mutationFn: (input: SignIn) => client.session.open(input),
    onSuccess: (me) => void queries.setQueryData(['me'], me),
  })
}

export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await heldBack.sendAll()
      await client.session.end()
    },
    onSuccess: () => window.location.assign('/sign-in'),
  })
}
