import { Badge, Button, Center, Group, Paper, Stack, Text } from '@mantine/core'
import type { Automation, AutomationRevision } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { itemsOf, usePages } from '../api/pages.ts'
import { Awaited } from '../parts/awaited.tsx'
import { Moment } from '../parts/moment.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { BringBack } from './bring-back.tsx'
import { diffSettings, type SettingWords } from './diff-settings.ts'
import { SettingChanges } from './setting-changes.tsx'
import { spellChange } from './spell-change.ts'
import { useSettingWords } from './use-setting-words.ts'

/** What it said before, change by change, and the way back. */
export function ChangesTab({ automation }: { readonly automation: Automation }) {
  const text = useText()
  const { id, revision } = automation
  const pages = usePages<AutomationRevision>(['automation', id, 'revisions', revision], (page) =>
    client.automations.revisions(id, page),
  )
  const items = itemsOf(pages)
  const words = useSettingWords(items)
  if (pages.isPending) return <Awaited heights={[96, 96, 96]} />
  if (pages.isError) return <ProblemAlert error={pages.error} onRetry={() => void pages.refetch()} />
  // What the last one of a page changed is told by the next page.
  const shown = pages.hasNextPage ? items.slice(0, -1) : items
  return (
    <Stack gap="sm">
      {shown.map((item, index) => (
        <Change key={item.revision} automation={automation} after={item} before={items[index + 1]} words={words} />
      ))}
      {pages.hasNextPage && (
        <Center>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text.common.more}
          </Button>
        </Center>
      )}
    </Stack>
  )
}

function Change({
  automation,
  after,
  before,
  words,
}: {
  readonly automation: Automation
  readonly after: AutomationRevision
  readonly before: AutomationRevision | undefined
  readonly words: SettingWords
}) {
  const text = useText()
  const changes = before === undefined ? undefined : diffSettings(before, after, words)
  return (
    <Paper withBorder p="md" component="section" aria-label={text.delivery.revision(after.revision)}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text>
            {spellChange(after, changes, text)}, <Moment at={after.at} />
          </Text>
          <Group gap="sm">
            <Text size="sm" c="dimmed">
              {text.delivery.revision(after.revision)}
            </Text>
            {after.revision === automation.revision ? (
              <Badge variant="light" color="idle" tt="none">
                {text.changes.present}
              </Badge>
            ) : (
              automation.may_change && <BringBack automation={automation} revision={after} words={words} />
            )}
          </Group>
        </Group>
        {changes !== undefined && <SettingChanges changes={changes} />}
      </Stack>
    </Paper>
  )
}
