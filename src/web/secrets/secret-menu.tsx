import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import type { Secret } from '../../contract/secret.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { client } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { deleteLater } from '../parts/delete-later.ts'
import { useText } from '../parts/use-text.ts'
import { SecretDialog } from '../parts/secret-dialog.tsx'

export function SecretMenu({ secret, team }: { readonly secret: Secret; readonly team: string }) {
  const text = useText()
  const [asked, setAsked] = useState<'replace' | 'delete'>()
  const close = () => setAsked(undefined)
  if (!useIsAdmin(team)) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={text.common.actions(secret.name)}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('replace')}>{text.secrets.replace}</Menu.Item>
          <Menu.Item color="bad" onClick={() => setAsked('delete')}>
            {text.secrets.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'replace' && <SecretDialog team={team} replaced={secret} onClose={close} />}
      {asked === 'delete' && <DeleteSecret secret={secret} team={team} onClose={close} />}
    </>
  )
}

function DeleteSecret({
  secret: { id, name, used_by },
  team,
  onClose,
}: {
  readonly secret: Secret
  readonly team: string
  readonly onClose: () => void
}) {
  const text = useText()
  const users = [
    ...used_by.webhooks.map((webhook) => webhook.name),
    ...used_by.automations.map((automation) => text.secrets.automation(automation.name)),
  ]
  return (
    <Confirm
      title={text.secrets.deleteTitle(name)}
      body={[users.length === 0 ? '' : text.secrets.deleteUsers(users), text.secrets.deleteBody].join(' ').trim()}
      verb={text.secrets.delete}
      error={null}
      busy={false}
      onConfirm={() => {
        onClose()
        deleteLater({
          id,
          name,
          message: text.secrets.leaves(name),
          text,
          send: (force) => client.secrets.delete(team, name, { force }),
          force: users.length > 0,
          stale: [
            ['secrets', team],
            ['webhooks', team],
          ],
        })
      }}
      onClose={onClose}
    />
  )
}
