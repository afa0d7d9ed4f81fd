import { Button, Divider, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '../../contract/project.ts'
import type { Collection } from '../../contract/registry.ts'
import { client, queries } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { EditableChips } from './editable-chips.tsx'
import { isInUse, problemText } from '../parts/problem-text.ts'
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
      <Description collection={collection} canEdit={canEdit} />
      {canEdit && <DeleteCollection place={place} collection={collection} />}
    </Stack>
  )
}

async function refreshCollections(): Promise<void> {
  for (const key of ['collection', 'collections']) await queries.invalidateQueries({ queryKey: [key] })
}

function Description({ collection, canEdit }: { readonly collection: Collection; readonly canEdit: boolean }) {
  const text = useText()
  const [typed, setTyped] = useState(collection.description ?? '')
  const saving = useMutation({
    mutationFn: () =>
      client.collections.update(collection.id, { description: typed.trim() === '' ? null : typed.trim() }),
    onSuccess: refreshCollections,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={text.registry.description}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          readOnly={!canEdit}
          error={problemText(saving.error, text)}
          autosize
          minRows={2}
        />
        {canEdit && (
          <Group>
            <Button type="submit" variant="default" loading={saving.isPending}>
              {text.common.save}
            </Button>
            <Text size="sm" role="status">
              {saving.isSuccess && text.registry.saved}
            </Text>
          </Group>
        )}
      </Stack>
    </form>
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
          verb={isUsed ? text.registry.deleteAnyway : text.registry.deleteCollection}
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
