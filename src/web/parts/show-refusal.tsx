import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Words } from '../text/words.ts'
import { ProblemAlert } from './problem-alert.tsx'

/** What was done at once and refused afterwards; it stands until it is closed. */
export function showRefusal({
  error,
  text,
  title,
  onInsist,
}: {
  readonly error: unknown
  readonly text: Words
  readonly title?: string
  /** Goes ahead all the same. */
  readonly onInsist?: (() => void) | undefined
}): void {
  const id = notifications.show({
    color: 'bad',
    autoClose: false,
    closeButtonProps: { 'aria-label': text.common.close },
    title,
    message: (
      <>
        <ProblemAlert error={error} />
        {onInsist !== undefined && (
          <Button
            mt="sm"
            size="xs"
            variant="default"
            onClick={() => {
              notifications.hide(id)
              onInsist()
            }}
          >
            {text.common.deleteAnyway}
          </Button>
        )}
      </>
    ),
  })
}
