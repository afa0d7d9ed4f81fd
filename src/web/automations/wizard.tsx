import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { ActionStep } from './action-step.tsx'
import { useDryRun, useSimulation } from './ask.ts'
import { DetailsStep } from './details-step.tsx'
import { EventStep } from './event-step.tsx'
import { PayloadPreview } from './payload-preview.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import { StepList, stepNames, type StepName } from './step-list.tsx'
import type { DraftState } from './use-draft.ts'

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
  const onFilter = mistakesOf(simulation.error).find(({ pointer }) => pointer?.startsWith('#/filter'))?.detail
  const tell = (detail: string | undefined) => (detail === undefined ? undefined : text.server(detail))
  const position = stepNames.indexOf(step)
  const missing = draft.scope.ref === '' ? text.wizard.chooseFirst : undefined
  return (
    <Stack>
      <StepList step={step} onGo={go} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        <Stack>
          {step === 'event' && (
            <EventStep {...{ draft, change, isNew, scopeName }} errors={{ filter: tell(onFilter ?? at('#/filter')) }} />
          )}
          {step === 'action' && <ActionStep draft={draft} change={change} mistakes={mistakes} remarks={remarks} />}
          {step === 'details' && (
            <DetailsStep draft={draft} change={change} nameError={tell(at('#/name') ?? takenName(saving.error))} />
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
          {step !== 'event' && draft.sends && (
            <PayloadPreview
              result={dryRun.data}
              simulation={simulation.data}
              event={event}
              onChoose={(chosen) => void navigate({ to: '.', search: { ...search, event: chosen } })}
            />
          )}
          {draft.scope.ref !== '' && (
            <Stack gap="xs" component="section" aria-label={text.automations.simulation}>
              <Title order={2}>{text.automations.simulation}</Title>
              {simulation.isError ? (
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
