import { Button, Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Difference } from './diff-lines.ts'
import { Differences } from './differences.tsx'
import { Moment } from './moment.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

/** What I changed beside what they changed, each against what both started from, and the three ways on. */
export function TwoChanges({
  editors,
  both,
  mine,
  theirs,
  keep,
  busy,
  error,
  onKeep,
  onTake,
  onClose,
}: {
  readonly editors: ReactNode
  /** What both of us changed, as a list in words; empty when there is nothing. */
  readonly both: string
  readonly mine: readonly Difference[]
  readonly theirs: readonly Difference[]
  readonly keep: string
  readonly busy: boolean
  readonly error: unknown
  readonly onKeep: () => void
  readonly onTake: () => void
  readonly onClose: () => void
}) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={text.meanwhile.title}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Stack gap="sm">
        {editors}
        <Text size="sm">
          {both === '' ? text.meanwhile.apart : text.meanwhile.both(both)} {text.meanwhile.keepNote}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Side title={text.meanwhile.mine} differences={mine} />
          <Side title={text.meanwhile.theirs} differences={theirs} />
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
            {keep}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Side({ title, differences }: { readonly title: string; readonly differences: readonly Difference[] }) {
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={3}>{title}</Title>
      <Differences differences={differences} />
    </Stack>
  )
}

/** Who changed it, and when last. */
export function Editors({ names, at }: { readonly names: readonly string[]; readonly at: string }) {
  const text = useText()
  const who = new Intl.ListFormat(text.locale).format(new Set(names))
  return (
    <Text size="sm">
      {text.meanwhile.by(who)}, <Moment at={at} />
    </Text>
  )
}
