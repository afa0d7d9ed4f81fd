import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { ActionStep } from './action-step.tsx'
import { useDryRun, useSimulation } from './ask.ts'
import { Coverage } from './coverage.tsx'
import { DetailsStep } from './details-step.tsx'
import { regexFieldOf } from './draft.ts'
import { EventStep } from './event-step.tsx'
import { PayloadPreview } from './payload-preview.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import { StepList, stepNames, type StepName } from './step-list.tsx'
import type { DraftState } from './use-draft.ts'
import { useWebhookName } from './use-webhooks.ts'

/** Event, action, details: the same for a new automation, a duplicate and an edited one. */
export function Wizard({
  state: { draft, change },
  isNew,
  scopeName,
  saving,
}: {
  readonly state: DraftState
  readonly isNew: boolean
  readonly scopeName?: string
  readonly saving: { readonly error: unknown; readonly isPending: boolean; readonly save: () => void }
}) {
  const text = useText()
  const navigate = useNavigate()
  const search = useSearched()
  const step = (search.step ?? 'event') as StepName
  const event = search.event
  const go = (to: StepName) => void navigate({ to: '.', search: { ...search, step: to } })
  const simulation = useSimulation(draft)
  const dryRun = useDryRun(draft, event)
  const mistakes = mistakesOf(dryRun.error)
  const remarks = dryRun.error === null ? (dryRun.data?.warnings ?? []) : []
  const refusals = mistakesOf(saving.error)
  const at = (pointer: string) => refusals.find((mistake) => mistake.pointer?.startsWith(pointer))?.detail
  const inFilter = [...mistakesOf(simulation.error), ...refusals].filter(({ pointer }) =>
    pointer?.startsWith('#/filter'),
  )
  const field = regexFieldOf(draft.eventType)
  const onRegex = inFilter.find(({ pointer }) => pointer === `#/filter/${field}/$regex` && draft.regex !== '')
  const onFilter = inFilter.find((mistake) => mistake !== onRegex)
  const tell = (detail: string | undefined) => (detail === undefined ? undefined : text.server(detail))
  const webhook = useWebhookName(draft.sends && draft.webhook !== '' ? draft.webhook : undefined)
  const answers = {
    event:
      draft.regex === '' ? text.eventTitle(draft.eventType) : `${text.eventTitle(draft.eventType)}: ${draft.regex}`,
    action: draft.sends ? (webhook ?? '') : text.wizard.recordOnly,
    details: draft.name,
  }
  const position = stepNames.indexOf(step)
  const missing = draft.scope.ref === '' ? text.wizard.chooseFirst : undefined
  return (
    <Stack>
      <StepList step={step} answers={answers} onGo={go} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack>
          {step === 'event' && (
            <EventStep
              {...{ draft, change, isNew, scopeName }}
              errors={{ filter: tell(onFilter?.detail), regex: tell(onRegex?.detail) }}
            />
          )}
          {step === 'action' && <ActionStep draft={draft} change={change} mistakes={mistakes} remarks={remarks} />}
          {step === 'details' && (
            <DetailsStep
              {...{ draft, change, answers }}
              onGo={go}
              nameError={tell(takenName(saving.error) ?? at('#/name'))}
            />
          )}
          {saving.error !== null && <ProblemAlert error={saving.error} />}
          <Group justify="space-between">
            {position > 0 ? (
              <Button variant="default" onClick={() => go(stepNames[position - 1]!)}>
                {text.common.back}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="sm">
              <Text size="sm" c="dimmed" role="status">
                {missing ?? text.wizard.draft}
              </Text>
              {position < stepNames.length - 1 ? (
                <Button onClick={() => go(stepNames[position + 1]!)} disabled={missing !== undefined}>
                  {text.common.next}
                </Button>
              ) : (
                <Button loading={saving.isPending} onClick={saving.save}>
                  {isNew ? text.wizard.create : text.wizard.save}
                </Button>
              )}
            </Group>
          </Group>
        </Stack>
        <Stack gap="lg">
          {step === 'event' && draft.scope.ref !== '' && <Coverage scope={draft.scope} name={scopeName} />}
          {step !== 'event' && draft.sends && (
            <PayloadPreview
              result={dryRun.data}
              simulation={simulation.data}
              event={event}
              isWrong={mistakes.length > 0}
              onChoose={(chosen) => void navigate({ to: '.', search: { ...search, event: chosen } })}
            />
          )}
          {draft.scope.ref !== '' && (
            <Stack gap="xs" component="section" aria-label={text.automations.simulation}>
              <Title order={2}>{text.automations.simulation}</Title>
              {inFilter.length > 0 ? (
                <Text c="dimmed">{text.wizard.mendFirst}</Text>
              ) : simulation.isError ? (
                <ProblemAlert error={simulation.error} />
              ) : (
                <SimulatedEvents simulation={simulation.data} />
              )}
            </Stack>
          )}
        </Stack>
      </SimpleGrid>
    </Stack>
  )
}

function mistakesOf(error: unknown) {
  return error instanceof SignalboxProblem ? error.mistakes : []
}

function takenName(error: unknown): string | undefined {
  return error instanceof SignalboxProblem && error.type === '/problems/name-taken' ? error.detail : undefined
}
