import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useNamed } from '../api/use-address.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useNewPanel } from '../api/use-panel.ts'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ForAdmins } from '../parts/for-admins.tsx'
import { Listing } from '../parts/listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { EditWebhook } from './edit-webhook.tsx'
import { UseBuiltIn } from './use-built-in.tsx'
import { WebhookMenu } from './webhook-menu.tsx'
import { WebhookState } from './webhook-state.tsx'

/** The addresses of a team that receive requests. */
export function WebhooksPage() {
  const text = useText()
  const { team: addressed } = useNamed()
  const team = addressed ?? ''
  const isAdmin = useIsAdmin(team)
  const [isCreating, openNew, closeNew] = useNewPanel()
  const [changed, setChanged] = useState<Webhook>()
  const close = () => (isCreating ? closeNew() : setChanged(undefined))
  const pages = usePages<Webhook>(['webhooks', team], (page) => client.webhooks.list(team, page), {
    enabled: team !== '',
  })
  const create = isAdmin && <Button onClick={openNew}>{text.webhooks.create}</Button>
  return (
    <Page title={text.webhooks.title} action={create}>
      {!isAdmin && <ForAdmins team={team} />}
      <Listing
        label={text.webhooks.title}
        pages={pages}
        keyOf={({ id }) => id}
        whenEmpty={
          <EmptyState
            title={text.webhooks.emptyTitle}
            body={text.webhooks.emptyBody}
            action={
              isAdmin && (
                <Group>
                  {create}
                  <UseBuiltIn team={team} />
                </Group>
              )
            }
          />
        }
        columns={[
          {
            heading: text.webhooks.webhook,
            card: 'name',
            cell: (webhook) => <NameAndHost webhook={webhook} team={team} />,
          },
          { heading: text.webhooks.health, card: 'mark', cell: (webhook) => <WebhookState webhook={webhook} /> },
          { heading: text.webhooks.secrets, card: 'headed', cell: (webhook) => <SecretNames webhook={webhook} /> },
          { heading: text.webhooks.changed, card: 'headed', cell: ({ updated_at }) => <Moment at={updated_at} /> },
          {
            heading: text.common.menu,
            card: 'menu',
            cell: (webhook) => <WebhookMenu webhook={webhook} team={team} onEdit={() => setChanged(webhook)} />,
          },
        ]}
      />
      {((isAdmin && isCreating) || changed !== undefined) && (
        <EditWebhook team={team} webhook={isCreating ? undefined : changed} onClose={close} />
      )}
    </Page>
  )
}

function NameAndHost({ webhook: { id, name, url }, team }: { readonly webhook: Webhook; readonly team: string }) {
  return (
    <Stack gap={2}>
      <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        <PageLink to={`/teams/${team}/webhooks/${id}`}>{name}</PageLink>
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {/^\w+:\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(url)?.[1] ?? url}
      </Text>
    </Stack>
  )
}

function SecretNames({ webhook }: { readonly webhook: Webhook }) {
  const text = useText()
  const { access_token, secret, granted_secrets } = webhook
  const uses = [
    [text.webhooks.accessToken, access_token],
    [text.webhooks.secret, secret],
    [text.webhooks.more, granted_secrets.length === 0 ? null : granted_secrets.join(', ')],
  ] as const
  const told = uses.filter(([, name]) => name !== null)
  if (told.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {text.common.none}
      </Text>
    )
  return (
    <Stack gap={2}>
      {told.map(([label, name]) => (
        <Text size="sm" key={label} style={{ overflowWrap: 'anywhere' }}>
          {label}: {name}
        </Text>
      ))}
    </Stack>
  )
}
