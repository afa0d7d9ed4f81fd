import { Checkbox, Group, Text, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { automationStateOf, type AutomationSort, type ListedAutomation } from '../../contract/automation.ts'
import type { Pages } from '../api/pages.ts'
import { DeliveryStateMark } from '../parts/delivery-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { useText } from '../parts/use-text.ts'
import { AutomationMenu } from './automation-menu.tsx'
import { AutomationStateMark } from './automation-state.tsx'
import { AutomationSwitch } from './automation-switch.tsx'
import { SortHead, sortedBy } from './sort-head.tsx'
import type { Chosen } from './use-chosen.ts'

export function AutomationTable({
  pages,
  chosen,
  sort,
  onSort,
  whenEmpty,
}: {
  readonly pages: Pages<ListedAutomation>
  readonly chosen: Chosen<ListedAutomation>
  readonly sort: AutomationSort
  readonly onSort: (sort: AutomationSort) => void
  readonly whenEmpty: ReactNode
}) {
  const text = useText()
  const sortable = (by: 'name' | 'last_delivery', heading: string) => ({
    heading,
    head: <SortHead by={by} heading={heading} sort={sort} onSort={onSort} />,
    sorted: sortedBy(by, sort),
  })
  return (
    <Listing
      label={text.automations.title}
      pages={pages}
      keyOf={({ id }) => id}
      whenEmpty={whenEmpty}
      columns={[
        {
          heading: text.chosen.title,
          head: chosen.isPossible ? (
            <ChooseAll chosen={chosen} />
          ) : (
            <VisuallyHidden>{text.chosen.title}</VisuallyHidden>
          ),
          card: 'tick',
          cell: (automation) =>
            automation.may_change && (
              <Checkbox
                aria-label={text.chosen.one(automation.name)}
                checked={chosen.has(automation)}
                onChange={({ currentTarget }) => chosen.choose(automation, currentTarget.checked)}
              />
            ),
        },
        {
          ...sortable('name', text.automations.name),
          card: 'name',
          cell: (automation) => (
            <Group gap="xs">
              <PageLink to={`/automations/${automation.id}`}>{automation.name}</PageLink>
              {!['on', 'off'].includes(automationStateOf(automation)) && (
                <AutomationStateMark automation={automation} />
              )}
            </Group>
          ),
        },
        { heading: text.automations.event, cell: ({ event_type }) => text.eventTitle(event_type) },
        { heading: text.automations.scope, cell: ({ scope }) => scope.name },
        {
          ...sortable('last_delivery', text.automations.last),
          cell: (automation) => <LastExecution automation={automation} />,
        },
        {
          heading: text.automations.on,
          card: 'mark',
          cell: (automation) => <AutomationSwitch automation={automation} />,
        },
        { heading: text.common.menu, card: 'menu', cell: (automation) => <AutomationMenu automation={automation} /> },
      ]}
    />
  )
}

function ChooseAll({ chosen }: { readonly chosen: Chosen<ListedAutomation> }) {
  const text = useText()
  return (
    <Checkbox
      aria-label={text.chosen.all}
      checked={chosen.isAll}
      indeterminate={chosen.items.length > 0 && !chosen.isAll}
      onChange={({ currentTarget }) => chosen.chooseAll(currentTarget.checked)}
    />
  )
}

function LastExecution({ automation: { last_delivery } }: { readonly automation: ListedAutomation }) {
  const text = useText()
  if (last_delivery === null)
    return (
      <Text size="sm" c="dimmed">
        {text.automations.never}
      </Text>
    )
  return (
    <>
      <PageLink to={`/deliveries/${last_delivery.id}`}>
        <DeliveryStateMark state={last_delivery.state} />
      </PageLink>{' '}
      <Moment at={last_delivery.finished_at} />
    </>
  )
}
