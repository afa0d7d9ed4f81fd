import { Button, Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { Moment } from '../parts/moment.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { diffSettings, type Settings } from './diff-settings.ts'
import { draftOf, filterOf, hasFilter, settingsOf, type Draft } from './draft.ts'
import { SettingChanges } from './setting-changes.tsx'
import { listSettings } from './spell-change.ts'
import { useSettingWords } from './use-setting-words.ts'

/** What I changed beside what they changed, each against what both started from, and the three ways on. */
export function ChangedMeanwhile({
  from,
  mine,
  theirs,
  busy,
  error,
  onKeep,
  onTake,
  onClose,
}: {
  readonly from: Automation
  readonly mine: Draft
  readonly theirs: Automation
  readonly busy: boolean
  readonly error: unknown
  readonly onKeep: () => void
  readonly onTake: () => void
  readonly onClose: () => void
}) {
  const text = useText()
  const base = spellAlike(from)
  const [own, others] = [asSettings(mine, from), spellAlike(theirs)]
  const words = useSettingWords([base, own, others])
  const [ownChanges, otherChanges] = [own, others].map((settings) => diffSettings(base, settings, words)) as [
    ReturnType<typeof diffSettings>,
    ReturnType<typeof diffSettings>,
  ]
  const both = ownChanges.filter(({ name }) => otherChanges.some((other) => other.name === name))
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={text.meanwhile.title}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Stack gap="sm">
        <Editors id={theirs.id} since={from.revision} />
        <Text size="sm">
          {both.length === 0 ? text.meanwhile.apart : text.meanwhile.both(listSettings(both, text))}{' '}
          {text.meanwhile.keepNote}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Stack gap="xs" component="section" aria-label={text.meanwhile.mine}>
            <Title order={3}>{text.meanwhile.mine}</Title>
            <SettingChanges changes={ownChanges} />
          </Stack>
          <Stack gap="xs" component="section" aria-label={text.meanwhile.theirs}>
            <Title order={3}>{text.meanwhile.theirs}</Title>
            <SettingChanges changes={otherChanges} />
          </Stack>
        </SimpleGrid>
        {error !== null && <ProblemAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.meanwhile.goOn}
          </Button>
          <Button variant="default" onClick={onTake}>
            {text.meanwhile.take}
          </Button>
          <Button loading={busy} onClick={onKeep}>
            {text.meanwhile.keep}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** Who changed it, and when last. */
function Editors({ id, since }: { readonly id: string; readonly since: number }) {
  const text = useText()
  const found = useQuery({
    queryKey: ['automation', id, 'revisions', 'since', since],
    queryFn: async () => (await client.automations.revisions(id)).items.filter(({ revision }) => revision > since),
  })
  const [last] = found.data ?? []
  if (last === undefined) return null
  const names = [...new Set(found.data?.map(({ by }) => by ?? text.product))]
  return (
    <Text size="sm">
      {text.meanwhile.by(new Intl.ListFormat(text.locale).format(names))}, <Moment at={last.at} />
    </Text>
  )
}

/** As the wizard would write it, so that nothing differs but what somebody changed. */
function spellAlike(automation: Automation): Settings {
  return asSettings(draftOf(automation, ''), automation)
}

/** What the wizard has no fields for is as it was. */
function asSettings(draft: Draft, { paused_reason, fires_per_minute_max }: Automation): Settings {
  const filter = hasFilter(draft) ? filterOf(draft) : draft.conditions
  return { ...settingsOf({ ...draft, conditions: '{}' }), filter, paused_reason, fires_per_minute_max }
}
