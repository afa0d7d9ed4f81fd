import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import {
  automationSorts,
  automationStates,
  type AutomationSort,
  type AutomationState,
} from '../../contract/automation.ts'
import { recordedEventTypes, type EventType } from '../../contract/event-types.ts'
import { FilterSelect } from '../parts/filter-select.tsx'
import { useText } from '../parts/use-text.ts'
import { useTypedFilter } from '../parts/use-typed-filter.ts'
import type { SearchChange } from '../search.ts'
import { ScopeSelect } from './scope-select.tsx'
import { useWebhooks } from './use-webhooks.ts'

/** What the address of the list says beside its path. */
export interface HubSearch {
  readonly q: string | undefined
  readonly scope: string | undefined
  readonly event: EventType | undefined
  readonly webhook: string | undefined
  readonly state: AutomationState | undefined
  readonly mine: string | undefined
  readonly sort: AutomationSort
}

/** Keyed by what empties it: the text field knows what is typed before the address does. */
export function AutomationFilters({
  search,
  team,
  onChange,
}: {
  readonly search: HubSearch
  readonly team: string | undefined
  readonly onChange: (change: SearchChange<HubSearch>, replace?: boolean) => void
}) {
  const text = useText()
  const byName = useTypedFilter(search.q, (typed) => onChange({ q: typed === '' ? undefined : typed }, true))
  const webhooks = new Map((useWebhooks(team).data ?? []).map(({ id, name }) => [id, name]))
  const { webhook } = search
  const known = [...webhooks.keys()]
  return (
    <Group align="end" data-filters>
      <TextInput
        label={text.automations.filter}
        type="search"
        value={byName.typed}
        onChange={({ currentTarget }) => byName.type(currentTarget.value)}
      />
      <ScopeSelect value={search.scope} onChange={(scope) => onChange({ scope })} />
      <FilterSelect
        label={text.automations.event}
        value={search.event}
        options={recordedEventTypes}
        spell={text.eventTitle}
        onChange={(event) => onChange({ event })}
      />
      <FilterSelect
        label={text.history.webhook}
        value={webhook}
        options={webhook === undefined || webhooks.has(webhook) ? known : [webhook, ...known]}
        spell={(id) => webhooks.get(id) ?? id}
        onChange={(chosen) => onChange({ webhook: chosen })}
      />
      <FilterSelect
        label={text.common.state}
        value={search.state}
        options={automationStates}
        spell={(state) => text.automations.states[state]}
        onChange={(state) => onChange({ state })}
      />
      <NativeSelect
        label={text.automations.sort}
        value={search.sort}
        data={automationSorts.map((value) => ({ value, label: text.automations.sorts[value] }))}
        onChange={({ currentTarget: { value } }) => onChange({ sort: value as AutomationSort })}
      />
      <SegmentedControl
        aria-label={text.automations.whose}
        value={search.mine === 'true' ? 'mine' : 'all'}
        data={[
          { value: 'all', label: text.automations.everyone },
          { value: 'mine', label: text.automations.mine },
        ]}
        onChange={(value) => onChange({ mine: value === 'mine' ? 'true' : undefined })}
      />
    </Group>
  )
}
