import { Button, Code, Stack, Text } from '@mantine/core'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useNamed } from '../api/use-address.ts'
import { useNewPanel } from '../api/use-panel.ts'
import type { Secret } from '../../contract/secret.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ForAdmins } from '../parts/for-admins.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { SecretMenu } from './secret-menu.tsx'

/** Tokens and passwords of a team: everything about them but their values. */
export function SecretsPage() {
  const text = useText()
  const { team: addressed } = useNamed()
  const team = addressed ?? ''
  const [isCreating, open, close] = useNewPanel()
  const pages = usePages<Secret>(['secrets', team], (page) => client.secrets.list(team, page), { enabled: team !== '' })
  const isAdmin = useIsAdmin(team)
  const create = isAdmin && <Button onClick={open}>{text.secrets.create}</Button>
  return (
    <Page title={text.secrets.title} action={create}>
      <Text size="sm" c="dimmed">
        {text.secrets.note}
      </Text>
      {!isAdmin && <ForAdmins team={team} />}
      <Listing
        label={text.secrets.title}
        pages={pages}
        keyOf={({ id }) => id}
        whenEmpty={<EmptyState title={text.secrets.emptyTitle} body={text.secrets.emptyBody} action={create} />}
        columns={[
          {
            heading: text.secrets.secret,
            card: 'name',
            cell: ({ name }) => <Code style={{ overflowWrap: 'anywhere' }}>{name}</Code>,
          },
          { heading: text.secrets.usedBy, card: 'headed', cell: (secret) => <Users secret={secret} /> },
          {
            heading: text.secrets.lastUsed,
            card: 'headed',
            cell: ({ last_used_at }) =>
              last_used_at === null ? (
                <Text size="sm" c="dimmed">
                  {text.secrets.never}
                </Text>
              ) : (
                <Moment at={last_used_at} />
              ),
          },
          { heading: text.secrets.written, card: 'headed', cell: ({ updated_at }) => <Moment at={updated_at} /> },
          { heading: text.common.menu, card: 'menu', cell: (secret) => <SecretMenu secret={secret} team={team} /> },
        ]}
      />
      {isAdmin && isCreating && <SecretDialog team={team} onClose={close} />}
    </Page>
  )
}

function Users({ secret: { used_by } }: { readonly secret: Secret }) {
  const text = useText()
  if (used_by.webhooks.length + used_by.automations.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {text.secrets.nobody}
      </Text>
    )
  return (
    <Stack gap={2}>
      {used_by.webhooks.map(({ id, name, roles }) => (
        <Text size="sm" key={id} style={{ overflowWrap: 'anywhere' }}>
          {text.secrets.webhookRole(
            name,
            roles.map((role) => text.secrets.roles[role]),
          )}
        </Text>
      ))}
      {used_by.automations.map(({ id, name }) => (
        <Text size="sm" key={id}>
          <PageLink to={`/automations/${id}`}>{text.secrets.automation(name)}</PageLink>
        </Text>
      ))}
    </Stack>
  )
}
