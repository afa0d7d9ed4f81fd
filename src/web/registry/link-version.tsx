import { TagsInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { refreshVersions } from './refresh-versions.ts'

export function LinkVersion({
  collection,
  onClose,
}: {
  readonly collection: Collection
  readonly onClose: () => void
}) {
  const text = useText()
  const [version, setVersion] = useState('')
  const [aliases, setAliases] = useState<string[]>([])
  const linking = useMutation({
    mutationFn: () => client.collections.link(collection.id, { version: version.trim(), aliases }),
    onSuccess: async () => {
      await refreshVersions()
      onClose()
    },
  })
  return (
    <FormDialog
      title={text.registry.linkVersion}
      verb={text.registry.linkVersion}
      busy={linking.isPending}
      error={linking.error}
      onSubmit={() => linking.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={text.registry.linkWhat}
        value={version}
        onChange={({ currentTarget }) => setVersion(currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
        autoComplete="off"
      />
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
