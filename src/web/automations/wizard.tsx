import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState, type KeyboardEvent } from 'react'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { useSearched } from '../api/use-address.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import type { EditorHandle, Place } from '../payload/plain-editor.tsx'
import { ActionStep } from './action-step.tsx'
import { useDryRun, useSimulation } from './ask.ts'
import { ChosenEvent } from './chosen-event.tsx'
import { Coverage } from './coverage.tsx'
import { DetailsStep } from './details-step.tsx'
import { hasFilter, regexFieldOf } from './draft.ts'
import { EventStep } from './event-step.tsx'
import { findBlocker } from './find-blocker.ts'
import { knownPaths } from './known-paths.ts'
import { PayloadPreview } from './payload-preview.tsx'
import { SimulatedEvents } from './simulated-events.tsx'
import { StepList } from './step-list.tsx'
import { stepNames, type StepName } from './steps.ts'
import { TestDraft } from './test-draft.tsx'
import type { DraftState } from './use-draft.ts'
import { useWebhook } from './use-webhooks.ts'
import { WizardFooter } from './wizard-footer.tsx'

/** Event, action, details: the same for a new automation, a duplicate and an edited one. */
export function Wizard({
  state: { draft, isKept, change },
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
  const choose = (chosen: string | undefined) => void navigate({ to: '.', search: { ...search, event: chosen } })
  const editor = useRef<EditorHandle>(null)
  const memory = useRef<unknown>(undefined)
  const [lit, setLit] = useState<Place>()
  const [asked, setAsked] = useState<'sample' | 'test'>()
  const simulation = useSimulation(draft)
  const dryRun = useDryRun(draft, event)
  const result = dryRun.error === null ? dryRun.data : undefined
  const mistakes = [...mistakesOf(dryRun.error), ...(result?.mistakes ?? [])]
  const refusals = mistakesOf(saving.error)
  const at = (pointer: string) => refusals.find((mistake) => mistake.pointer?.startsWith(pointer))?.detail
  const inFilter = [...mistakesOf(simulation.error), ...refusals].filter(({ pointer }) =>
    pointer?.startsWith('#/filter'),
  )
  const field = regexFieldOf(draft.eventType)
  const onRegex = inFilter.find(({ pointer }) => pointer === `#/filter/${field}/$regex` && draft.regex !== '')
  const onFilter = inFilter.find((mistake) => mistake !== onRegex)
  const tell = (detail: string | undefined) => (detail === undefined ? undefined : text.server(detail))
  const webhook = useWebhook(draft.sends && draft.webhook !== '' ? draft.webhook : undefined)
  const maySend = useIsAdmin(webhook?.team)
  const answers = {
    event:
      draft.regex === '' ? text.eventTitle(draft.eventType) : `${text.eventTitle(draft.eventType)}: ${draft.regex}`,
    action: draft.sends ? (webhook?.name ?? '') : text.wizard.recordOnly,
    details: draft.name,
  }
  const position = stepNames.indexOf(step)
  const isLast = position === stepNames.length - 1
  const blocker = findBlocker(step, draft, { isFilterWrong: inFilter.length > 0 || !hasFilter(draft), mistakes })
  const advance = () => (isLast ? saving.save() : go(stepNames[position + 1]!))
  const mend = () => {
    if (blocker === undefined) return
    if (blocker.step !== step) go(blocker.step)
    else editor.current?.goTo(blocker)
  }
  const onKeyDown = (pressed: KeyboardEvent) => {
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey) && blocker === undefined) advance()
  }
  const pasts = simulation.data?.items ?? []
  const fired = pasts.flatMap((item) => (item.verdict === 'fired' ? item.event.facts[field ?? ''] : undefined))
  const matching = [...new Set(fired.filter((told) => typeof told === 'string'))]
  return (
    <Stack onKeyDown={onKeyDown}>
      <StepList step={step} answers={answers} onGo={go} />
      <Text size="xs" c="dimmed" role="status" mih={18}>
        {isKept && text.wizard.draft}
      </Text>
      <div className="wizard">
        <Stack>
          {step === 'event' && (
            <EventStep
              {...{ draft, change, isNew, scopeName, matching }}
              paths={knownPaths(
                draft.eventType,
                pasts.map((item) => item.event),
              )}
              errors={{ filter: tell(onFilter?.detail), regex: tell(onRegex?.detail) }}
            />
          )}
          {step === 'action' && (
            <ActionStep
              {...{ draft, change, mistakes, lit, memory }}
              remarks={result?.warnings ?? []}
              values={result?.values ?? {}}
              handle={editor}
              onPoint={setLit}
            />
          )}
          {step === 'details' && (
            <DetailsStep
              {...{ draft, change, answers, scopeName }}
              onGo={go}
              nameError={tell(takenName(saving.error) ?? at('#/name'))}
            />
          )}
          {saving.error !== null && <ProblemAlert error={saving.error} />}
        </Stack>
        <Stack gap="lg" id="trial">
          {step === 'event' && draft.scope.ref !== '' && <Coverage scope={draft.scope} name={scopeName} />}
          {step === 'event' && result !== undefined && (event !== undefined || asked === 'sample') && (
            <ChosenEvent result={result} />
          )}
          {step !== 'event' && draft.sends && (
            <PayloadPreview
              {...{ result, event, lit }}
              simulation={simulation.data}
              mistakes={mistakes.length}
              hasToken={typeof webhook?.access_token === 'string'}
              onPoint={setLit}
              onChoose={choose}
              onTest={maySend ? () => setAsked('test') : undefined}
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
                <SimulatedEvents
                  simulation={simulation.data}
                  isStale={simulation.isPlaceholderData}
                  chosen={event}
                  onChoose={choose}
                />
              )}
              {simulation.data?.judged === 0 && step === 'event' && (
                <Group>
                  <Button variant="default" size="xs" onClick={() => setAsked('sample')}>
                    {text.wizard.sampleEvent}
                  </Button>
                </Group>
              )}
            </Stack>
          )}
        </Stack>
        <WizardFooter
          blocker={blocker}
          onMend={blocker?.step === step && blocker.what !== 'payload' ? undefined : mend}
          onBack={position > 0 ? () => go(stepNames[position - 1]!) : undefined}
          next={!isLast ? text.common.next : isNew ? text.wizard.create : text.wizard.save}
          busy={saving.isPending}
          onNext={advance}
        />
      </div>
      {asked === 'test' && webhook !== undefined && (
        <TestDraft
          draft={draft}
          webhook={webhook}
          event={result?.sample === false ? result.event : undefined}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Stack>
  )
}

function mistakesOf(error: unknown) {
  return error instanceof SignalboxProblem ? error.mistakes : []
}

function takenName(error: unknown): string | undefined {
  return error instanceof SignalboxProblem && error.type === '/problems/name-taken' ? error.detail : undefined
}
