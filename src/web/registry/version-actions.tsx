import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Collection, VersionDetails } from '../../contract/registry.ts'
import { client } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { isInUse } from '../parts/problem-text.ts'
import { refreshVersions } from './refresh-versions.ts'

/** Taking a version out of this collection, or out of the world. */
export function VersionActions({
  collection,
  version,
  name,
  onGone,
}: {
  readonly collection: Collection
  readonly version: VersionDetails
  readonly name: string
  readonly onGone: () => void
}) {
  const text = useText()
  const [asking, setAsking] = useState<'unlink' | 'delete'>()
  const gone = {
    onSuccess: async () => {
      onGone()
      await refreshVersions()
    },
  }
  const unlinking = useMutation({ mutationFn: () => client.collections.unlink(collection.id, version.id), ...gone })
  const deleting = useMutation({
    mutationFn: (force: boolean) => client.versions.delete(version.id, { force }),
    ...gone,
  })
  const isUsed = isInUse(deleting.error)
  const close = (): void => {
    setAsking(undefined)
    unlinking.reset()
    deleting.reset()
  }
  return (
    <Group>
      {collection.kind === 'portfolio' && (
        <Button variant="default" onClick={() => setAsking('unlink')}>
          {text.registry.unlink}
        </Button>
      )}
      <Button color="bad" variant="outline" onClick={() => setAsking('delete')}>
        {text.registry.deleteVersion}
      </Button>
      {asking === 'unlink' && (
        <Confirm
          title={text.registry.unlinkTitle(name, collection.name)}
          body={text.registry.unlinkBody}
          verb={text.registry.unlink}
          error={unlinking.error}
          busy={unlinking.isPending}
          onConfirm={() => unlinking.mutate()}
          onClose={close}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title={text.registry.deleteTitle(`${collection.name} ${name}`)}
          body={text.registry.deleteVersionBody}
          verb={isUsed ? text.common.deleteAnyway : text.registry.deleteVersion}
          error={deleting.error}
          busy={deleting.isPending}
          onConfirm={() => deleting.mutate(isUsed)}
          onClose={close}
        />
      )}
    </Group>
  )
}
