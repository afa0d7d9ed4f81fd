import { Button, Group, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { deliveryStates, type DeliveryState } from '../../contract/delivery.ts'
import { useSearched } from '../api/use-address.ts'
import { useTeam } from '../api/use-team.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { startOf, spans, type Span } from './span.ts'

/** Deliveries of the team, or of one automation or webhook. */
export function HistoryPage() {
  const text = useText()
  const navigate = useNavigate()
  const { team } = useTeam()
  const { automation, webhook, ...chosen } = useSearched()
  const state = chosen.state as DeliveryState | undefined
  const since = chosen.since as Span | undefined
  const after = useMemo(() => (since === undefined ? undefined : startOf(since, new Date())), [since])
  const search = { automation, webhook, state, since }
  const filtered = Object.values(search).some((value) => value !== undefined)
  const ofTeam = automation === undefined && webhook === undefined
  const query = {
    ...(ofTeam && team !== undefined ? { team } : {}),
    ...(automation === undefined ? {} : { automation }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(state === undefined ? {} : { state }),
    ...(after === undefined ? {} : { after }),
  }
  const filter = (changed: { readonly state?: DeliveryState | undefined; readonly since?: Span | undefined }) =>
    void navigate({ to: '/history', search: { ...search, ...changed } })
  return (
    <Page title={text.history.title}>
      <Group align="end">
        <NativeSelect
          label={text.common.state}
          value={state ?? ''}
          data={[
            { value: '', label: text.common.all },
            ...deliveryStates.map((value) => ({ value, label: text.states[value] })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            filter({ state: value === '' ? undefined : (value as DeliveryState) })
          }
        />
        <NativeSelect
          label={text.history.since}
          value={since ?? ''}
          data={[
            { value: '', label: text.common.all },
            ...spans.map((value) => ({ value, label: text.history.spans[value] })),
          ]}
          onChange={({ currentTarget: { value } }) => filter({ since: value === '' ? undefined : (value as Span) })}
        />
        {filtered && (
          <Button variant="subtle" onClick={() => void navigate({ to: '/history', search: {} })}>
            {text.common.clearFilters}
          </Button>
        )}
      </Group>
      {team === undefined && ofTeam ? (
        <EmptyState title={text.overview.noTeam} />
      ) : (
        <DeliveryTable
          query={query}
          whenEmpty={
            filtered ? (
              <EmptyState title={text.history.noMatch} />
            ) : (
              <EmptyState title={text.history.empty} body={text.history.emptyBody} />
            )
          }
        />
      )}
    </Page>
  )
}
