import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AutomationQuery, AutomationSort, AutomationState, ListedAutomation } from '../../contract/automation.ts'
import type { EventType } from '../../contract/event-types.ts'
import { client } from '../api/client.ts'
import { itemsOf, usePages } from '../api/pages.ts'
import { useSearched } from '../api/use-address.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import type { SearchChange } from '../search.ts'
import { AutomationFilters, type HubSearch } from './automation-filters.tsx'
import { AutomationTable } from './automation-table.tsx'
import { ChosenBar } from './chosen-bar.tsx'
import { useChosen } from './use-chosen.ts'

const newestFirst: AutomationSort = '-created'

/** Every automation one may see, over all scopes. */
export function AutomationsPage() {
  const text = useText()
  const navigate = useNavigate()
  const { q, scope, event, webhook, state, mine, sort = newestFirst } = useSearched()
  const search: HubSearch = {
    q,
    scope,
    event: event as EventType | undefined,
    webhook,
    state: state as AutomationState | undefined,
    mine,
    sort: sort as AutomationSort,
  }
  const [cleared, setCleared] = useState(0)
  const change = (changed: SearchChange<HubSearch>, replace = false) => {
    const { sort: order, ...rest } = { ...search, ...changed }
    void navigate({
      to: '/automations',
      search: order === newestFirst ? rest : { ...rest, sort: order },
      replace,
    })
  }
  const query = queryOf(search)
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
  const { sort: _sort, ...filters } = query
  return (
    <Page title={text.automations.title} action={create}>
      <AutomationFilters key={cleared} search={search} team={team} onChange={change} />
      <AutomationTable
        pages={pages}
        chosen={chosen}
        sort={search.sort}
        onSort={(order) => change({ sort: order })}
        whenEmpty={
          Object.keys(filters).length > 0 ? (
            <EmptyState
              title={text.automations.noMatch}
              action={
                <Button
                  variant="default"
                  onClick={() => {
                    setCleared(cleared + 1)
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

function queryOf({ q, scope, event, webhook, state, mine, sort }: HubSearch): Partial<AutomationQuery> {
  return {
    ...(q === undefined ? {} : { text: q }),
    ...(scope === undefined ? {} : { scope }),
    ...(event === undefined ? {} : { event_type: event }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(state === undefined ? {} : { state }),
    ...(mine === 'true' ? { mine: true } : {}),
    sort,
  }
}
