import { Button, Group, Stack, Switch, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKey } from '../../contract/who.ts'
import { client, queries } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useMe } from '../api/use-me.ts'
import { useNewPanel } from '../api/use-panel.ts'
import { useShortcutsOn } from '../keys/use-shortcuts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Facts } from '../parts/facts.tsx'
import { LanguageSelect } from '../parts/language-select.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { ApiKeyDialog } from './api-key-dialog.tsx'
import { PasswordForm } from './password-form.tsx'

/** Who one is, one's API keys and one's password. */
export function ProfilePage() {
  const text = useText()
  const me = useMe()
  const [shortcutsOn, setShortcutsOn] = useShortcutsOn()
  const [creating, open, close] = useNewPanel()
  const [revoked, setRevoked] = useState<ApiKey>()
  const keys = usePages<ApiKey>(['api-keys'], (page) => client.apiKeys.list(page))
  const create = <Button onClick={open}>{text.people.newKey}</Button>
  return (
    <Page title={text.people.profile}>
      {me.data !== undefined && (
        <Facts
          facts={[
            [text.common.name, me.data.name],
            ...me.data.organizations.map(({ name, role }) => [name, text.people.roles[role]] as const),
            ...me.data.teams.map(({ name, role }) => [name, text.people.roles[role]] as const),
          ]}
        />
      )}
      <LanguageSelect />
      <Switch
        label={text.shortcuts.on}
        description={text.shortcuts.onHelp}
        checked={shortcutsOn}
        onChange={({ currentTarget }) => setShortcutsOn(currentTarget.checked)}
      />
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={2}>{text.people.keys}</Title>
          {create}
        </Group>
        <Listing
          label={text.people.keys}
          pages={keys}
          keyOf={({ id }) => id}
          whenEmpty={<EmptyState title={text.people.noKeys} body={text.people.noKeysBody} />}
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
      </Stack>
      {me.data !== undefined && <PasswordForm person={me.data.id} />}
      {creating && <ApiKeyDialog onClose={close} />}
      {revoked !== undefined && <RevokeKey apiKey={revoked} onClose={() => setRevoked(undefined)} />}
    </Page>
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
