import { Button, Group, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import {
  codeClasses,
  deliveryStates,
  searchedCharsMin,
  type CodeClass,
  type DeliveryState,
} from '../../contract/delivery.ts'
import { useKeptPlace, useSearched } from '../api/use-address.ts'
import { useTeam } from '../api/use-team.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { FilterSelect } from '../parts/filter-select.tsx'
import { Page } from '../parts/page.tsx'
import { startOf, spans, type Span } from '../parts/span.ts'
import { useText } from '../parts/use-text.ts'
import { ManyActions } from '../redeliveries/many-actions.tsx'
import type { SearchChange } from '../search.ts'
import { HistorySearch } from './history-search.tsx'
import { useNames } from './use-names.ts'

/** Deliveries of the team, or of one automation or webhook. */
export function HistoryPage() {
  const text = useText()
  const navigate = useNavigate()
  const { team } = useTeam()
  const { automation, webhook, ...chosen } = useSearched()
  const kept = useKeptPlace()
  const [cleared, setCleared] = useState(0)
  const state = chosen.state as DeliveryState | undefined
  const code = chosen.code as CodeClass | undefined
  const { q } = chosen
  const words = q !== undefined && q.length >= searchedCharsMin ? q : undefined
  // Text is looked for in a bounded time alone.
  const since = (chosen.since ?? (words === undefined ? undefined : '24h')) as Span | undefined
  const after = useMemo(() => (since === undefined ? undefined : startOf(since, new Date())), [since])
  const { automations, webhooks } = useNames(team)
  const search = { automation, webhook, state, code, since: chosen.since as Span | undefined, q }
  const filtered = Object.values(search).some((value) => value !== undefined)
  const ofTeam = automation === undefined && webhook === undefined
  const query = {
    ...(ofTeam && team !== undefined ? { team } : {}),
    ...(automation === undefined ? {} : { automation }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(state === undefined ? {} : { state }),
    ...(code === undefined ? {} : { code }),
    ...(words === undefined ? {} : { text: words }),
    ...(after === undefined ? {} : { after }),
  }
  const { state: _state, code: _code, text: _text, ...meant } = query
  const isForMany = code === undefined && words === undefined
  const names = [webhooks.get(webhook ?? ''), automations.get(automation ?? '')].filter((name) => name !== undefined)
  const filter = (change: SearchChange<typeof search>, replace = false) =>
    void navigate({ to: '/history', search: { ...search, ...change }, replace })
  return (
    <Page title={text.history.title} action={isForMany && <ManyActions filter={meant} names={names} />}>
      <Group align="end" data-filters>
        <HistorySearch key={cleared} value={q} team={team} onChange={(value) => filter({ q: value }, true)} />
        <FilterSelect
          label={text.common.state}
          value={state}
          options={deliveryStates}
          spell={(option) => text.states[option]}
          onChange={(value) => filter({ state: value })}
        />
        <FilterSelect
          label={text.history.automation}
          value={automation}
          options={withChosen(automations, automation)}
          spell={(id) => automations.get(id) ?? id}
          onChange={(value) => filter({ automation: value })}
        />
        <FilterSelect
          label={text.history.webhook}
          value={webhook}
          options={withChosen(webhooks, webhook)}
          spell={(id) => webhooks.get(id) ?? id}
          onChange={(value) => filter({ webhook: value })}
        />
        <FilterSelect
          label={text.history.code}
          value={code}
          options={codeClasses}
          spell={(option) => (option === 'none' ? text.history.noAnswer : option)}
          onChange={(value) => filter({ code: value })}
        />
        <FilterSelect
          label={text.history.since}
          value={since}
          options={spans}
          spell={(option) => text.history.spans[option]}
          onChange={(value) => filter({ since: value })}
        />
        {filtered && (
          <Button
            variant="subtle"
            onClick={() => {
              setCleared(cleared + 1)
              void navigate({ to: '/history', search: {} })
            }}
          >
            {text.common.clearFilters}
          </Button>
        )}
      </Group>
      {words !== undefined && (
        <Text size="sm" c="dimmed">
          {text.history.searched(words)}
        </Text>
      )}
      {team === undefined && ofTeam ? (
        <EmptyState
          title={text.overview.noTeam}
          body={text.overview.noTeamBody}
          action={<PageLink to="/projects">{text.nav.projects}</PageLink>}
        />
      ) : (
        <DeliveryTable
          query={query}
          kept={kept}
          whenEmpty={
            filtered ? (
              <EmptyState title={text.history.noMatch} />
            ) : (
              <EmptyState
                title={text.history.empty}
                body={text.history.emptyBody}
                action={<PageLink to="/automations">{text.nav.automations}</PageLink>}
              />
            )
          }
        />
      )}
    </Page>
  )
}

/** What the address names is a choice, too, where it is not among the first. */
function withChosen(names: ReadonlyMap<string, string>, chosen: string | undefined): readonly string[] {
  return chosen === undefined || names.has(chosen) ? [...names.keys()] : [chosen, ...names.keys()]
}
