import { Anchor, List, Paper, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Automation, AutomationRevision } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { readConditions } from '../automations/conditions.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import type { Words } from '../text/words.ts'

type Settings = Pick<Automation | AutomationRevision, 'event_type' | 'filter' | 'revision'>

/** What the event had to be, by what the automation said when it fired; nothing where that is not to be seen. */
export function WhySent({ automation: id, revision }: { readonly automation: string; readonly revision: number }) {
  const text = useText()
  const present = useQuery({ queryKey: ['automation', id], queryFn: () => client.automations.get(id) }).data
  const isPresent = present?.revision === revision
  const earlier = useQuery({
    queryKey: ['automation', id, 'revisions', 'all'],
    queryFn: async () => (await client.automations.revisions(id, { limit: 100 })).items,
    enabled: present !== undefined && !isPresent,
  })
  const settings = isPresent ? present : earlier.data?.find((one) => one.revision === revision)
  if (present === undefined || settings === undefined) return null
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="why-sent">
      <Stack gap="xs">
        <Title order={2} id="why-sent">
          {text.delivery.why.title}
        </Title>
        <List listStyleType="none" spacing={4}>
          {reasonsOf(settings, text).map((condition) => (
            <List.Item key={condition}>
              <StatusMark meaning="good" label={condition} />
            </List.Item>
          ))}
          <List.Item>
            <StatusMark meaning="good" label={text.delivery.why.wasOn(revision)} />{' '}
            {!isPresent && (
              <Anchor component={Link} to={`/automations/${id}?tab=changes`} size="sm">
                {text.delivery.why.now(present.revision)}
              </Anchor>
            )}
          </List.Item>
        </List>
      </Stack>
    </Paper>
  )
}

function reasonsOf({ event_type: type, filter }: Settings, text: Words): readonly string[] {
  const json = JSON.stringify(filter)
  const rows = readConditions(json)
  const conditions =
    rows === undefined
      ? [text.delivery.why.passed(json)]
      : rows.map(({ field, operator, value }) =>
          text.delivery.why.condition(field, text.wizard.operators[operator], value),
        )
  return [text.delivery.why.event(text.eventTitle(type)), ...conditions]
}
