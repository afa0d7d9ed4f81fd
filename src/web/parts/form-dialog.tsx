import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

/** A few fields and one button; what the server refuses stands below the fields, which keep what was typed. */
export function FormDialog({
  title,
  verb,
  busy,
  disabled = false,
  error,
  onSubmit,
  onClose,
  children,
}: {
  readonly title: string
  readonly verb: string
  readonly busy: boolean
  /** There is nothing to do it to. */
  readonly disabled?: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const text = useText()
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': text.common.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // A dialog in a drawer is inside its form too, as React sees it.
          event.stopPropagation()
          onSubmit()
        }}
      >
        <Stack gap="sm">
          {children}
          {error !== null && <ProblemAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={busy} disabled={disabled}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
