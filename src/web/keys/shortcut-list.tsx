import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useText } from '../parts/use-text.ts'
import { searchKeys, undoKeys } from './search-keys.ts'
import { shortcuts, type Shortcut } from './shortcuts.ts'

/** The keys that do something on the page it was asked on. */
export function ShortcutList({
  names,
  onClose,
}: {
  readonly names: readonly Shortcut[]
  readonly onClose: () => void
}) {
  const text = useText()
  return (
    <Modal opened onClose={onClose} title={text.shortcuts.title} closeButtonProps={{ 'aria-label': text.common.close }}>
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
        <Row label={text.shortcuts.anywhere} keys={searchKeys} />
        <Row label={text.shortcuts.undo} keys={undoKeys} />
        {names.map((name) => (
          <Row key={name} label={text.shortcuts.names[name]} keys={shortcuts[name]} />
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="md">
        {text.shortcuts.note}
      </Text>
    </Modal>
  )
}

function Row({ label, keys }: { readonly label: string; readonly keys: string }) {
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <Text size="sm">{label}</Text>
      <span>
        {keys.split(' ').map((key) => (
          <Fragment key={key}>
            <Kbd>{key === 'Escape' ? 'Esc' : key}</Kbd>{' '}
          </Fragment>
        ))}
      </span>
    </Group>
  )
}
