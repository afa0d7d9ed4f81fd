import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Automation } from '../../contract/automation.ts'
import { usePages } from '../api/pages.ts'
import { AutomationStateMark } from '../automations/automation-state.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { useText } from '../parts/use-text.ts'
import { automationPath } from './paths.ts'

interface AutomationPage {
  readonly items: readonly Automation[]
  readonly next: string | null
}

/** The automations that stand in one place. */
export function AutomationsTab({
  scope,
  note,
  createFor,
  fetchPage,
}: {
  readonly scope: string
  readonly note: string
  readonly createFor?: string | undefined
  readonly fetchPage: (page: { limit: number; cursor?: string }) => Promise<AutomationPage>
}) {
  const text = useText()
  const pages = usePages(['automations', 'scope', scope], fetchPage)
  const create = createFor !== undefined && (
    <Button renderRoot={(props) => <Link {...props} to="/automations/new" search={{ scope: createFor }} />}>
      {text.automations.create}
    </Button>
  )
  const isEmpty = pages.data?.pages[0]?.items.length === 0
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex={1} miw={220}>
          {note}
        </Text>
        {!isEmpty && create}
      </Group>
      <Listing
        label={text.registry.automations}
        pages={pages}
        keyOf={({ id }) => id}
        columns={[
          {
            heading: text.automations.name,
            card: 'name',
            cell: ({ id, name }) => (
              <Anchor component={Link} to={automationPath(id)}>
                {name}
              </Anchor>
            ),
          },
          { heading: text.automations.event, cell: (automation) => text.eventTitle(automation.event_type) },
          {
            heading: text.common.state,
            card: 'mark',
            cell: (automation) => <AutomationStateMark automation={automation} />,
          },
        ]}
        whenEmpty={
          <EmptyState title={text.registry.noAutomations} body={text.registry.noAutomationsBody} action={create} />
        }
      />
    </Stack>
  )
}
