import { Button, Group, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { problemText } from '../parts/problem-text.ts'
import { useText } from '../parts/use-text.ts'
import { refreshCollections } from './refresh-collections.ts'
import { usePlacePath } from './use-place.ts'

/** Its address has its name: after a new one the page is at another. */
export function RenameCollection({ place, collection }: { readonly place: Project; readonly collection: Collection }) {
  const text = useText()
  const navigate = useNavigate()
  const address = usePlacePath()(place)
  const [name, setName] = useState(collection.name)
  const renaming = useMutation({
    mutationFn: () => client.collections.update(collection.id, { name: name.trim() }),
    onSuccess: async (renamed) => {
      await navigate({ href: `${address}/${encodeURIComponent(renamed.name)}?tab=about` })
      await refreshCollections()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        renaming.mutate()
      }}
    >
      <Group align="start">
        <TextInput
          label={text.common.name}
          description={text.registry.renameHelp}
          value={name}
          flex={1}
          error={problemText(renaming.error, text)}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={44} loading={renaming.isPending}>
          {text.registry.rename}
        </Button>
      </Group>
    </form>
  )
}
