import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Delivery, RedeliveryDryRun } from '../../contract/delivery.ts'
import { client } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { diffLines } from '../parts/diff-lines.ts'
import { DiffView } from '../parts/diff-view.tsx'
import { prettyJson } from '../parts/pretty-json.ts'
import { useText } from '../parts/use-text.ts'

/** What was sent beside what would be sent now, and what became of its automation since; then the verb. */
export function RedeliverAnew({
  delivery,
  error,
  busy,
  onConfirm,
  onClose,
}: {
  readonly delivery: Delivery
  readonly error: unknown
  readonly busy: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const text = useText()
  const anew = useQuery({
    queryKey: ['delivery', delivery.id, 'anew'],
    queryFn: () => client.deliveries.dryRunRedelivery(delivery.id),
    // What it says may be another thing each time it is asked for.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return (
    <Confirm
      title={text.delivery.anewDialog.title}
      body={text.delivery.anewDialog.body}
      verb={text.delivery.redeliver}
      color="brand"
      size="xl"
      error={error ?? anew.error}
      busy={busy}
      disabled={!anew.isSuccess}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {anew.isPending && <Skeleton height={120} mt="sm" aria-label={text.common.loading} />}
      {anew.isSuccess && <Differences before={delivery} now={anew.data} />}
    </Confirm>
  )
}

function Differences({ before, now }: { readonly before: Delivery; readonly now: RedeliveryDryRun }) {
  const text = useText()
  const [then, today] = [before.automation_revision ?? 0, now.automation_revision]
  const [was, willBe] = [prettyJson(before.payload ?? ''), prettyJson(now.payload)]
  return (
    <Stack gap="sm" mt="sm">
      {!now.matches && (
        <Alert color="warn" title={text.delivery.anewDialog.mismatch}>
          {now.reason === null
            ? text.delivery.anewDialog.sentAllTheSame
            : `${text.server(now.reason)}. ${text.delivery.anewDialog.sentAllTheSame}`}
        </Alert>
      )}
      <Text size="sm">
        {then === today ? text.delivery.anewDialog.unchanged(today) : text.delivery.anewDialog.changed(then, today)}{' '}
        {now.webhook !== before.webhook && text.delivery.anewDialog.elsewhere(now.webhook_name)}
      </Text>
      <Stack gap="xs" component="section" aria-label={text.delivery.path.payload}>
        <Title order={3}>{text.delivery.path.payload}</Title>
        {was === willBe ? (
          <Text size="sm">{text.delivery.anewDialog.same}</Text>
        ) : (
          <>
            <Text size="sm">{was === '' ? text.delivery.anewDialog.none : text.delivery.anewDialog.differs}</Text>
            <DiffView lines={diffLines(was, willBe)} />
          </>
        )}
      </Stack>
    </Stack>
  )
}
