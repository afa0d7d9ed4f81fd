import { Button, Divider, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client, queries } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { DescriptionForm } from './description-form.tsx'
import { EditableChips } from './editable-chips.tsx'
import { isInUse } from '../parts/problem-text.ts'
import { refreshCollections } from './refresh-collections.ts'
import { RenameCollection } from './rename-collection.tsx'
import { canWrite, usePlacePath } from './use-place.ts'

export function CollectionAbout({ place, collection }: { readonly place: Project; readonly collection: Collection }) {
  const text = useText()
  const canEdit = canWrite(place)
  return (
    <Stack gap="md" maw={640}>
      <EditableChips
        label={text.registry.tags}
        fieldLabel={text.registry.tag}
        addLabel={text.registry.addTag}
        items={collection.tags}
        canEdit={canEdit}
        removeLabel={text.registry.removeTag}
        add={(tag) => client.collections.addTags(collection.id, [tag]).then(refreshCollections)}
        remove={(tag) => client.collections.removeTag(collection.id, tag).then(refreshCollections)}
      />
      <DescriptionForm
        description={collection.description}
        canEdit={canEdit}
        save={(description) => client.collections.update(collection.id, { description }).then(refreshCollections)}
      />
      {canEdit && <RenameCollection place={place} collection={collection} />}
      {canEdit && <DeleteCollection place={place} collection={collection} />}
    </Stack>
  )
}

function DeleteCollection({ place, collection }: { readonly place: Project; readonly collection: Collection }) {
  const text = useText()
  const navigate = useNavigate()
  const address = usePlacePath()(place)
  const [asking, setAsking] = useState(false)
  const deleting = useMutation({
    mutationFn: (force: boolean) => client.collections.delete(collection.id, { force }),
    onSuccess: async () => {
      await navigate({ to: address })
      await queries.invalidateQueries({ queryKey: ['collections', place.id] })
    },
  })
  const isUsed = isInUse(deleting.error)
  return (
    <>
      <Divider />
      <Group>
        <Button color="bad" variant="outline" onClick={() => setAsking(true)}>
          {text.registry.deleteCollection}
        </Button>
      </Group>
      {asking && (
        <Confirm
          title={text.registry.deleteTitle(collection.name)}
          body={text.registry.deleteCollectionBody}
          verb={isUsed ? text.common.deleteAnyway : text.registry.deleteCollection}
          error={deleting.error}
          busy={deleting.isPending}
          onConfirm={() => deleting.mutate(isUsed)}
          onClose={() => {
            setAsking(false)
            deleting.reset()
          }}
        />
      )}
    </>
  )
}
