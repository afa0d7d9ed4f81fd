import { Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSearched } from '../api/use-address.ts'
import {
  automationSorts,
  type AutomationQuery,
  type AutomationSort,
  type ListedAutomation,
} from '../../contract/automation.ts'
import { recordedEventTypes, type EventType } from '../../contract/event-types.ts'
import { client } from '../api/client.ts'
import { itemsOf, usePages } from '../api/pages.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { FilterSelect } from '../parts/filter-select.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import type { SearchChange } from '../search.ts'
import { AutomationTable } from './automation-table.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { useChosen } from './use-chosen.ts'

const filterDelayMs = 250
const newestFirst: AutomationSort = '-created'

/** Every automation one may see, over all scopes. */
export function AutomationsPage() {
  const text = useText()
  const navigate = useNavigate()
  const { q, event, webhook, mine, sort = newestFirst } = useSearched()
  const [typed, setTyped] = useState(q ?? '')
  const search = { q, event: event as EventType | undefined, webhook, mine, sort: sort as AutomationSort }
  const filter = (change: SearchChange<typeof search>, replace = false) => {
    const { sort: order, ...rest } = { ...search, ...change }
    void navigate({
      to: '/automations',
      search: order === newestFirst ? rest : { ...rest, sort: order },
      replace,
    })
  }
  const filterByName = useDebouncedCallback(
    (value: string) => filter({ q: value === '' ? undefined : value }, true),
    filterDelayMs,
  )
  const filtered = [q, event, webhook].some((value) => value !== undefined) || mine === 'true'
  const query: Partial<AutomationQuery> = {
    ...(q === undefined ? {} : { text: q }),
    ...(search.event === undefined ? {} : { event_type: search.event }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(mine === 'true' ? { mine: true } : {}),
    sort: search.sort,
  }
  const pages = usePages<ListedAutomation>(['automations', query], (page) =>
    client.automations.list({ ...query, ...page }),
  )
  const chosen = useChosen(itemsOf(pages).filter(({ may_change }) => may_change))
  const { team } = useTeam()
  const create = useIsMember(team) && (
    <Button component={Link} to="/automations/new">
      {text.automations.create}
    </Button>
  )
  return (
    <Page title={text.automations.title} action={create}>
      <Group align="end" data-filters>
        <TextInput
          label={text.automations.filter}
          type="search"
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            filterByName(value)
          }}
        />
        <FilterSelect
          label={text.automations.event}
          value={search.event}
          options={recordedEventTypes}
          spell={text.eventTitle}
          onChange={(value) => filter({ event: value })}
        />
        <NativeSelect
          label={text.automations.sort}
          value={sort}
          data={automationSorts.map((value) => ({ value, label: text.automations.sorts[value] }))}
          onChange={({ currentTarget: { value } }) => filter({ sort: value as AutomationSort })}
        />
        <SegmentedControl
          aria-label={text.automations.whose}
          value={mine === 'true' ? 'mine' : 'all'}
          data={[
            { value: 'all', label: text.automations.everyone },
            { value: 'mine', label: text.automations.mine },
          ]}
          onChange={(value) => filter({ mine: value === 'mine' ? 'true' : undefined })}
        />
      </Group>
      <AutomationTable
        pages={pages}
        chosen={chosen}
        whenEmpty={
          filtered ? (
            <EmptyState
              title={text.automations.noMatch}
              action={
                <Button
                  variant="default"
                  onClick={() => {
                    setTyped('')
                    void navigate({ to: '/automations', search: {} })
                  }}
                >
                  {text.common.clearFilters}
                </Button>
              }
            />
          ) : (
            <EmptyState title={text.automations.emptyTitle} body={text.automations.emptyBody} action={create} />
          )
        }
      />
      <ChosenBar chosen={chosen} />
    </Page>
  )
}
