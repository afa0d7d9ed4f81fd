import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { client, queries } from '../api/client.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { useReceiver } from './use-receiver.ts'

const name = 'built-in'

/** Makes a webhook to the receiver of this server, where it runs one, and opens its test. */
export function UseBuiltIn({ team, size }: { readonly team: string; readonly size?: string }) {
  const text = useText()
  const navigate = useNavigate()
  const url = useReceiver(team).data?.url
  const create = useMutation({
    mutationFn: (to: string) => client.webhooks.create(team, { name, url: to }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['webhooks', team] })
      await navigate({ to: '/teams/$team/webhooks', params: { team }, search: { panel: 'test', webhook: id } })
    },
  })
  if (url === undefined || url === null) return null
  return (
    <>
      <Button variant="default" loading={create.isPending} onClick={() => create.mutate(url)} {...(size && { size })}>
        {text.receiver.use}
      </Button>
      {create.isError && <ProblemAlert error={create.error} />}
    </>
  )
}
