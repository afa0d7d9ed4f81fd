import { TagsInput, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { MetadataField, readObject } from './metadata-field.tsx'
import { refreshVersions } from './refresh-versions.ts'

export function NewVersion({ collection, onClose }: { readonly collection: Collection; readonly onClose: () => void }) {
  const text = useText()
  const [written, setWritten] = useState('{}')
  const [aliases, setAliases] = useState<string[]>([])
  const [isWrong, setIsWrong] = useState(false)
  const making = useMutation({
    mutationFn: (metadata: object) => client.versions.create(collection.id, { metadata, aliases }),
    onSuccess: async () => {
      await refreshVersions()
      onClose()
    },
  })
  return (
    <FormDialog
      title={text.registry.newVersion}
      verb={text.registry.create}
      busy={making.isPending}
      error={making.error}
      onSubmit={() => {
        const metadata = readObject(written)
        setIsWrong(metadata === undefined)
        if (metadata !== undefined) making.mutate(metadata)
      }}
      onClose={onClose}
    >
      <Text size="sm">{collection.full_name}</Text>
      <MetadataField value={written} onChange={setWritten} isWrong={isWrong} />
      <TagsInput
        label={`${text.registry.aliases} ${text.common.optional}`}
        description={text.registry.aliasesHelp}
        value={aliases}
        onChange={setAliases}
        acceptValueOnBlur
      />
    </FormDialog>
  )
}
