import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useNamed } from '../api/use-address.ts'
import type { Automation } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { DeliveryTable } from '../parts/delivery-table.tsx'
import { CodeBlock } from '../parts/code-block.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { Waiting } from '../parts/waiting.tsx'
import { AutomationMenu } from './automation-menu.tsx'
import { AutomationStateMark } from './automation-state.tsx'
import { AutomationSwitch } from './automation-switch.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import { useWebhookName } from './use-webhooks.ts'

export function AutomationPage() {
  const text = useText()
  const navigate = useNavigate()
  const { automation: id = '' } = useNamed()
  const found = useQuery({ queryKey: ['automation', id], queryFn: () => client.automations.get(id) })
  if (found.isPending) return <Waiting title={text.automations.name} />
  if (found.isError)
    return (
      <Page title={text.automations.name}>
        <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    )
  const automation = found.data
  return (
    <Page
      title={automation.name}
      kind="automation"
      action={
        <Group gap="sm">
          <AutomationSwitch automation={automation} />
          {automation.may_change && (
            <Button component={Link} to={`/automations/${id}/edit`} variant="default" aria-keyshortcuts="e">
              {text.automations.edit}
            </Button>
          )}
          <AutomationMenu automation={automation} onDeleted={() => void navigate({ to: '/automations' })} />
        </Group>
      }
    >
      <AutomationStateMark automation={automation} />
      <Sentence automation={automation} />
      {automation.description !== null && <Text>{automation.description}</Text>}
      <Troubles automation={automation} />
      {JSON.stringify(automation.filter) !== '{}' && (
        <Stack gap="xs">
          <Title order={2}>{text.automations.filterTitle}</Title>
          <CodeBlock label={text.automations.filterTitle} code={JSON.stringify(automation.filter)} />
        </Stack>
      )}
      {automation.action.type === 'webhook' && (
        <Stack gap="xs">
          <Title order={2}>{text.automations.payload}</Title>
          <CodeBlock label={text.automations.payload} code={automation.action.template || '{}'} />
        </Stack>
      )}
      <Stack gap="xs">
        <Title order={2}>{text.automations.simulation}</Title>
        <Simulated id={id} revision={automation.revision} />
      </Stack>
      <Stack gap="xs">
        <Title order={2}>{text.automations.history}</Title>
        <DeliveryTable query={{ automation: id }} whenEmpty={<EmptyState title={text.automations.nothingSent} />} />
      </Stack>
    </Page>
  )
}

function Sentence({ automation: { action, event_type, scope } }: { readonly automation: Automation }) {
  const text = useText()
  const webhook = useWebhookName(action.type === 'webhook' ? action.webhook : undefined)
  const to =
    action.type === 'webhook' ? text.automations.sends(webhook ?? text.history.aWebhook) : text.automations.records
  return <Text>{text.automations.sentence(text.eventTitle(event_type), scope.name, to)}</Text>
}

function Troubles({ automation: { misconfigured, paused_reason, warnings } }: { readonly automation: Automation }) {
  const text = useText()
  return (
    <>
      {misconfigured !== null && (
        <Alert color="bad" title={text.automations.states.misconfigured}>
          {misconfigured}
        </Alert>
      )}
      {paused_reason !== null && (
        <Alert color="warn" title={text.automations.states.paused}>
          {paused_reason}
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="warn" title={text.automations.warnings}>
          {warnings.map(({ pointer, line, column, detail }) => (
            <Text size="sm" key={`${pointer} ${line} ${column} ${detail}`}>
              {detail}
            </Text>
          ))}
        </Alert>
      )}
    </>
  )
}

function Simulated({ id, revision }: { readonly id: string; readonly revision: number }) {
  const simulation = useQuery({
    queryKey: ['simulation', id, revision],
    queryFn: () => client.automations.simulate(id, { limit: 10 }),
  })
  if (simulation.isError) return <ProblemAlert error={simulation.error} />
  return <SimulatedEvents simulation={simulation.data} />
}
