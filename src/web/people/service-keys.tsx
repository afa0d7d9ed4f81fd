import { Button, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../parts/use-text.ts'
import { ApiKeyDialog } from './api-key-dialog.tsx'
import { ApiKeyList } from './api-key-list.tsx'

/** What a service account signs in with. */
export function ServiceKeys({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const text = useText()
  const [isCreating, setCreating] = useState(false)
  if (isCreating) return <ApiKeyDialog person={person} onClose={() => setCreating(false)} />
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={text.people.keysOf(person)}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Stack gap="sm">
        <ApiKeyList person={person} create={<Button onClick={() => setCreating(true)}>{text.people.newKey}</Button>} />
      </Stack>
    </Modal>
  )
}
