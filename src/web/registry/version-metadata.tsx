import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { VersionDetails } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { MetadataField, readObject } from './metadata-field.tsx'
import { refreshVersions } from './refresh-versions.ts'

export function VersionMetadata({ version, canEdit }: { readonly version: VersionDetails; readonly canEdit: boolean }) {
  const text = useText()
  const [editing, setEditing] = useState(false)
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {text.registry.metadata}
        </Text>
        {canEdit && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {text.registry.editMetadata}
          </Button>
        )}
      </Group>
      <CodeBlock code={JSON.stringify(version.metadata)} label={text.registry.metadata} />
      {editing && <EditMetadata version={version} onClose={() => setEditing(false)} />}
    </Stack>
  )
}

function EditMetadata({ version, onClose }: { readonly version: VersionDetails; readonly onClose: () => void }) {
  const text = useText()
  const [written, setWritten] = useState(() => JSON.stringify(version.metadata, null, 2))
  const [isWrong, setIsWrong] = useState(false)
  const saving = useMutation({
    mutationFn: (metadata: object) => client.versions.update(version.id, { metadata }),
    onSuccess: async () => {
      await refreshVersions()
      onClose()
    },
  })
  return (
    <FormDialog
      title={text.registry.editMetadata}
      verb={text.common.save}
      busy={saving.isPending}
      error={saving.error}
      onSubmit={() => {
        const metadata = readObject(written)
        setIsWrong(metadata === undefined)
        if (metadata !== undefined) saving.mutate(metadata)
      }}
      onClose={onClose}
    >
      <MetadataField value={written} onChange={setWritten} isWrong={isWrong} />
    </FormDialog>
  )
}
