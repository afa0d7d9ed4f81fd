import { Alert, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { DeliveriesPicture } from '../parts/deliveries-picture.tsx'
import { HowItWent } from '../parts/how-it-went.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { SuccessCurve } from '../parts/success-curve.tsx'
import { useText } from '../parts/use-text.ts'
import { NearlyMatched } from './nearly-matched.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import { useWebhookName } from './use-webhooks.ts'

/** What it does, what it would have done, and how it went. */
export function SummaryTab({ automation }: { readonly automation: Automation }) {
  const text = useText()
  const { id, description, filter, action, revision } = automation
  return (
    <Stack gap="md">
      <Sentence automation={automation} />
      {description !== null && <Text>{description}</Text>}
      <Troubles automation={automation} />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Stack gap="md">
          {JSON.stringify(filter) !== '{}' && (
            <Stack gap="xs">
              <Title order={2}>{text.automations.filterTitle}</Title>
              <CodeBlock label={text.automations.filterTitle} code={JSON.stringify(filter)} />
            </Stack>
          )}
          {action.type === 'webhook' && (
            <Stack gap="xs">
              <Title order={2}>{text.automations.payload}</Title>
              <CodeBlock label={text.automations.payload} code={action.template || '{}'} />
            </Stack>
          )}
          <Stack gap="xs">
            <Title order={2}>{text.automations.simulation}</Title>
            <Simulated id={id} revision={revision} />
          </Stack>
        </Stack>
        <Stack gap="md">
          <HowItWent of={{ automation: id }} usual="30d">
            {(past) => (
              <>
                <DeliveriesPicture past={past} />
                <SuccessCurve past={past} />
              </>
            )}
          </HowItWent>
          <NearlyMatched id={id} revision={revision} />
        </Stack>
      </SimpleGrid>
    </Stack>
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
          {text.server(misconfigured)}
        </Alert>
      )}
      {paused_reason !== null && (
        <Alert color="warn" title={text.automations.states.paused}>
          {text.server(paused_reason)}
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert color="warn" title={text.automations.warnings}>
          {warnings.map(({ pointer, line, column, detail }) => (
            <Text size="sm" key={`${pointer} ${line} ${column} ${detail}`}>
              {text.server(detail)}
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
