import { Button, Group, Modal, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

/** What goes, what stays, and a button that repeats the verb; red, unless it takes nothing away. */
export function Confirm({
  title,
  body,
  verb,
  error,
  busy,
  disabled = false,
  color = 'bad',
  size = 'md',
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string
  readonly body: string
  readonly verb: string
  readonly error: unknown
  readonly busy: boolean
  /** There is nothing to do it to. */
  readonly disabled?: boolean
  readonly color?: string
  readonly size?: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}) {
  const text = useText()
  return (
    <Modal opened onClose={onClose} size={size} title={title} closeButtonProps={{ 'aria-label': text.common.close }}>
      <Text size="sm" ref={sayItInterrupts}>
        {body}
      </Text>
      {children}
      {error !== null && <ProblemAlert error={error} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {text.common.cancel}
        </Button>
        <Button color={color} loading={busy} disabled={disabled} onClick={onConfirm}>
          {verb}
        </Button>
      </Group>
    </Modal>
  )
}

/** The library knows dialogs only. */
function sayItInterrupts(body: HTMLElement | null): void {
  body?.closest('[role="dialog"]')?.setAttribute('role', 'alertdialog')
}
