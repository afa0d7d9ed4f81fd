import { Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useIsAdmin, useIsMember } from '../api/use-is-admin.ts'
import { ForAdmins } from '../parts/for-admins.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { UseBuiltIn } from '../webhooks/use-built-in.tsx'
import { nextOf, type Progress } from './progress.ts'

interface StepProps {
  readonly team: string
  readonly progress: Progress
}

/** Three steps to the first request, until they are done or put away. */
export function FirstSteps({ team, progress, onHide }: StepProps & { readonly onHide: () => void }) {
  const text = useText()
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.steps.title}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Title order={2}>{text.overview.steps.title}</Title>
        <Button variant="subtle" size="compact-sm" onClick={onHide}>
          {text.overview.steps.hide}
        </Button>
      </Group>
      <ol className="steps">
        <WebhookStep team={team} progress={progress} />
        <AutomationStep team={team} progress={progress} />
        <FireStep progress={progress} />
      </ol>
    </Paper>
  )
}

function WebhookStep({ team, progress }: StepProps) {
  const text = useText()
  const isAdmin = useIsAdmin(team)
  const { webhook, hasTested } = progress
  const page = `/teams/${team}/webhooks`
  if (webhook !== undefined)
    return hasTested !== false ? (
      <Step title={text.overview.steps.webhook} isDone />
    ) : (
      <Step title={text.overview.steps.webhook} about={text.overview.steps.testAbout} isDone>
        <Way to={`${page}?panel=test&webhook=${webhook.id}`} isNext={nextOf(progress) === 'test'}>
          {text.overview.steps.test}
        </Way>
      </Step>
    )
  if (!isAdmin)
    return (
      <Step title={text.overview.steps.webhook}>
        <ForAdmins team={team} />
      </Step>
    )
  return (
    <Step title={text.overview.steps.webhook} about={text.overview.steps.webhookAbout}>
      <Way to={`${page}?panel=new`} isNext>
        {text.webhooks.create}
      </Way>
      <UseBuiltIn team={team} size="compact-sm" />
      <Way to={`/teams/${team}/secrets?panel=new`}>{text.secrets.create}</Way>
      <Text size="sm" c="dimmed" w="100%">
        {text.overview.steps.receiver} <Code>npx signalbox listen</Code>
      </Text>
    </Step>
  )
}

function AutomationStep({ team, progress }: StepProps) {
  const text = useText()
  const { automation, hasPlace } = progress
  const isMember = useIsMember(team)
  if (automation !== undefined) return <Step title={text.overview.steps.automation} isDone />
  if (!isMember) return <Step title={text.overview.steps.automation} about={text.overview.steps.automationAbout} />
  return (
    <Step title={text.overview.steps.automation} about={text.overview.steps.automationAbout}>
      <Way to="/automations/new" isNext={nextOf(progress) === 'automation'}>
        {text.automations.create}
      </Way>
      {!hasPlace && <Way to="/projects">{text.registry.newProject}</Way>}
    </Step>
  )
}

function FireStep({ progress }: Pick<StepProps, 'progress'>) {
  const text = useText()
  const { automation, hasFired } = progress
  const about =
    automation === undefined
      ? text.overview.steps.fireAbout
      : text.overview.steps.fireThis(automation.name, text.eventTitle(automation.event_type))
  return (
    <Step title={text.overview.steps.fire} about={about} isDone={hasFired}>
      <Way to="/registries" isNext={nextOf(progress) === 'fire'}>
        {text.nav.registries}
      </Way>
      <Way to="/projects">{text.nav.projects}</Way>
    </Step>
  )
}

function Step({
  title,
  about,
  isDone = false,
  children,
}: {
  readonly title: string
  readonly about?: string
  readonly isDone?: boolean
  readonly children?: ReactNode
}) {
  const text = useText()
  return (
    <li>
      <Stack gap={4}>
        <Group gap="sm">
          <Text fw={500}>{title}</Text>
          {isDone && (
            <Text size="sm">
              <StatusMark meaning="good" label={text.overview.steps.done} />
            </Text>
          )}
        </Group>
        {about !== undefined && (
          <Text size="sm" c="dimmed">
            {about}
          </Text>
        )}
        {children !== undefined && (
          <Group gap="xs" mt={4}>
            {children}
          </Group>
        )}
      </Stack>
    </li>
  )
}

function Way({
  to,
  isNext = false,
  children,
}: {
  readonly to: string
  readonly isNext?: boolean
  readonly children: ReactNode
}) {
  return (
    <Button component={Link} to={to} size="compact-sm" variant={isNext ? 'filled' : 'default'}>
      {children}
    </Button>
  )
}
