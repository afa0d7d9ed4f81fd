import { useMutation, useQuery } from '@tanstack/react-query'
import { client, queries } from '../api/client.ts'
import { loadedKey } from '../api/use-live-pages.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { nameOf, spellFilter, type ManyFilter } from './filter.ts'
import { useTypedName } from './typed-name.tsx'

/** How many deliveries that wait or are held would be cancelled; then does it. */
export function CancelDialog({
  filter,
  names = [],
  onClose,
}: {
  readonly filter: ManyFilter
  readonly names?: readonly string[]
  readonly onClose: () => void
}) {
  const text = useText()
  const estimate = useQuery({
    queryKey: ['cancellation-estimate', filter],
    queryFn: () => client.deliveries.estimateCancellation(filter),
  })
  const cancel = useMutation({
    mutationFn: async () => {
      while ((await client.deliveries.cancelMany(filter)).more) continue
    },
    onSuccess: () => {
      for (const key of ['deliveries', 'stats', 'webhooks']) void queries.invalidateQueries({ queryKey: [key] })
      void queries.resetQueries({ queryKey: [loadedKey, 'deliveries'] })
      onClose()
    },
  })
  const count = estimate.data?.count
  const { field, mayGoOn } = useTypedName(nameOf(filter, names), count)
  const body = count === 0 ? text.redeliveries.nothingWaits : text.redeliveries.cancelNote
  return (
    <Confirm
      title={count === undefined ? text.redeliveries.cancelWaiting : text.redeliveries.cancelTitle(count)}
      body={`${spellFilter(filter, names, text)}. ${body}`}
      verb={text.redeliveries.cancelVerb(count ?? 0)}
      disabled={count === undefined || count === 0 || !mayGoOn}
      error={cancel.error ?? estimate.error}
      busy={cancel.isPending}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      {field}
    </Confirm>
  )
}
