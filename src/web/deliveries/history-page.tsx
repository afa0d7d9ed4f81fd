import { Button, Group, NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { deliveryStates, type DeliveryState } from '../../contract/delivery.ts'
import { useTeam } from '../api/use-team.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'

export function HistoryPage() {
  const text = useText()
  const navigate = useNavigate()
  const { team } = useTeam()
  const { state, automation, webhook } = useSearched()
  const filtered = state !== undefined || automation !== undefined || webhook !== undefined
  const query = {
    ...(automation === undefined && webhook === undefined && team !== undefined ? { team } : {}),
    ...(automation === undefined ? {} : { automation }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(state === undefined ? {} : { state: state as DeliveryState }),
  }
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
            void navigate({
              to: '/history',
              search: { automation, webhook, state: value === '' ? undefined : (value as DeliveryState) },
            })
          }
        />
        {filtered && (
          <Button variant="subtle" onClick={() => void navigate({ to: '/history', search: {} })}>
            {text.common.clearFilters}
          </Button>
        )}
      </Group>
      {team === undefined && !filtered ? (
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
