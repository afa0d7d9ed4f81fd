import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { CopyCode } from '../parts/copy-code.tsx'
import { useText } from '../parts/use-text.ts'

/** What nobody can be shown again: the dialog goes only when somebody says that they have it. */
export function ShownOnce({
  title,
  note,
  label,
  value,
  onClose,
  children,
}: {
  readonly title: string
  readonly note: string
  readonly label: string
  readonly value: string
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const text = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <Text size="sm">{note}</Text>
        <CopyCode code={value} label={label} />
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>{text.webhooks.stored}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
