import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { ApiKey } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { Confirm } from '../parts/confirm.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { useText } from '../parts/use-text.ts'

/** API keys in force, of oneself or of a service account, with the button that makes one; each can be revoked. */
export function ApiKeyList({ person, create }: { readonly person?: string; readonly create: ReactNode }) {
  const text = useText()
  const [revoked, setRevoked] = useState<ApiKey>()
  const keys = usePages<ApiKey>(['api-keys', person], (page) =>
    client.apiKeys.list(person === undefined ? page : { ...page, person }),
  )
  const isEmpty = keys.data?.pages[0]?.items.length === 0
  return (
    <>
      {!isEmpty && <Group justify="flex-end">{create}</Group>}
      <Listing
        label={text.people.keys}
        pages={keys}
        keyOf={({ id }) => id}
        whenEmpty={<EmptyState title={text.people.noKeys} body={text.people.noKeysBody} action={create} />}
        columns={[
          { heading: text.common.name, card: 'name', cell: ({ name }) => name },
          { heading: text.people.ends, cell: ({ hint }) => <code>…{hint}</code> },
          { heading: text.people.made, card: 'headed', cell: ({ created_at }) => <Moment at={created_at} /> },
          {
            heading: text.secrets.lastUsed,
            card: 'headed',
            cell: ({ last_used_at }) => (last_used_at === null ? text.secrets.never : <Moment at={last_used_at} />),
          },
          {
            heading: text.common.menu,
            card: 'menu',
            cell: (key) => (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={text.people.revokeNamed(key.name)}
                onClick={() => setRevoked(key)}
              >
                {text.people.revoke}
              </Button>
            ),
          },
        ]}
      />
      {revoked !== undefined && <RevokeKey apiKey={revoked} onClose={() => setRevoked(undefined)} />}
    </>
  )
}

function RevokeKey({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const text = useText()
  const revoke = useMutation({
    mutationFn: () => client.apiKeys.revoke(apiKey.id),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
    },
  })
  return (
    <Confirm
      title={text.people.revokeTitle(apiKey.name)}
      body={text.people.revokeBody}
      verb={text.people.revoke}
      error={revoke.error}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    />
  )
}
