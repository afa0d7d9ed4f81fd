import { NumberInput, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { redeliveryLimits, type NewRedelivery, type RedeliveryEstimate } from '../../contract/redelivery.ts'
import { client, queries } from '../api/client.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { Moment } from '../parts/moment.tsx'
import { spellMs } from '../parts/spell-time.ts'
import { useText } from '../parts/use-text.ts'
import { nameOf, spellFilter, type ManyFilter } from './filter.ts'
import { useTypedName } from './typed-name.tsx'

/** How many failed deliveries would be sent again, since when and how fast; then does it. */
export function RedeliverDialog({
  filter,
  names = [],
  onClose,
}: {
  readonly filter: ManyFilter
  /** What the filter's webhook or automation is called. */
  readonly names?: readonly string[]
  readonly onClose: () => void
}) {
  const text = useText()
  const [mode, setMode] = useState<NewRedelivery['mode']>('same')
  const [rate, setRate] = useState<number>()
  const [settled] = useDebouncedValue(rate, 300)
  const asked = { ...filter, ...(settled === undefined ? {} : { rate_per_second: settled }) }
  const estimate = useQuery({
    queryKey: ['redelivery-estimate', asked],
    queryFn: () => client.redeliveries.estimate(asked),
    placeholderData: (before: RedeliveryEstimate | undefined) => before,
  })
  const start = useMutation({
    mutationFn: () =>
      client.redeliveries.start({ ...filter, mode, ...(rate === undefined ? {} : { rate_per_second: rate }) }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['redeliveries'] })
      onClose()
    },
  })
  const count = estimate.data?.count
  const { field, mayGoOn } = useTypedName(nameOf(filter, names), count)
  return (
    <FormDialog
      title={count === undefined ? text.redeliveries.failed : text.redeliveries.title(count)}
      verb={text.redeliveries.redeliver(count ?? 0)}
      disabled={count === undefined || count === 0 || !mayGoOn}
      busy={start.isPending}
      error={start.error ?? estimate.error}
      onSubmit={() => start.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{spellFilter(filter, names, text)}</Text>
      {estimate.data === undefined ? <Skeleton h={20} /> : <Told estimate={estimate.data} />}
      <Radio.Group
        label={text.redeliveries.payload}
        value={mode}
        onChange={(value) => setMode(value === 'anew' ? 'anew' : 'same')}
      >
        <Stack gap={6} mt={4}>
          <Radio value="same" label={text.redeliveries.same} />
          <Radio value="anew" label={text.redeliveries.anew} />
        </Stack>
      </Radio.Group>
      <NumberInput
        label={text.redeliveries.speed}
        value={rate ?? estimate.data?.rate_per_second ?? redeliveryLimits.ratePerSecondDefault}
        min={redeliveryLimits.ratePerSecondMin}
        max={redeliveryLimits.ratePerSecondMax}
        onChange={(value) => setRate(typeof value === 'number' ? value : undefined)}
        hideControls
      />
      {field}
      <Text size="xs" c="dimmed">
        {mode === 'same' ? text.redeliveries.sameNote : text.redeliveries.anewNote}
      </Text>
    </FormDialog>
  )
}

function Told({ estimate: { count, oldest, newest, seconds } }: { readonly estimate: RedeliveryEstimate }) {
  const text = useText()
  if (count === 0 || oldest === null || newest === null) return <Text size="sm">{text.redeliveries.nothing}</Text>
  return (
    <Text size="sm" role="status">
      {text.redeliveries.made} <Moment at={oldest} /> – <Moment at={newest} />,{' '}
      {text.redeliveries.takes(spellMs(seconds * 1000, text))}
    </Text>
  )
}
