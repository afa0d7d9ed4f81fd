import { ActionIcon, Button, Group, Menu, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Webhook } from '../../contract/webhook.ts'
import { useSearched } from '../api/use-address.ts'
import { useIsAdmin, useIsMember } from '../api/use-is-admin.ts'
import { client, queries } from '../api/client.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import { CancelDialog } from '../redeliveries/cancel-dialog.tsx'
import { RedeliverDialog } from '../redeliveries/redeliver-dialog.tsx'
import { DeleteWebhook } from './delete-webhook.tsx'
import { testWebhook } from './last-test.ts'
import { lentBy } from './lent-by.ts'
import { RotateSecret } from './rotate-secret.tsx'
import { ShellScriptDialog, storedScript } from './shell-script.tsx'
import { TestPanel } from './test-panel.tsx'

type Asked = 'test' | 'rotate' | 'script' | 'redeliver' | 'cancel' | 'delete'

export function WebhookMenu({
  webhook,
  team,
  onEdit,
  onDeleted,
}: {
  readonly webhook: Webhook
  readonly team: string
  readonly onEdit: () => void
  readonly onDeleted?: () => void
}) {
  const text = useText()
  const { id, name, url, paused, disabled } = webhook
  const { panel, webhook: addressed } = useSearched()
  const isAdmin = useIsAdmin(team)
  const isMember = useIsMember(team)
  const isTest = isAdmin && panel === 'test' && addressed === id
  const [asked, setAsked] = useState<Asked | undefined>(isTest ? 'test' : undefined)
  const close = () => setAsked(undefined)
  const change = useMutation({
    mutationFn: (verb: 'pause' | 'resume' | 'enable') => client.webhooks[verb](id),
    onSuccess: async (_changed, verb) => {
      if (verb === 'pause')
        showUndo({ id, message: text.webhook.isPaused(name), text, onUndo: () => change.mutate('resume') })
      else notifications.hide(id)
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['webhooks', team] }),
        queries.invalidateQueries({ queryKey: ['stats'] }),
      ])
    },
  })
  return (
    <Group gap="xs" wrap="nowrap">
      {isAdmin && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={text.webhooks.testTitle(name)}
          aria-keyshortcuts="t"
          onClick={() => setAsked('test')}
        >
          {text.webhooks.test}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={text.common.actions(name)} loading={change.isPending}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isAdmin && (
            <>
              <Menu.Item onClick={() => setAsked('test')}>{text.webhooks.test}</Menu.Item>
              <Menu.Item onClick={onEdit}>{text.webhooks.edit}</Menu.Item>
              <Menu.Item onClick={() => change.mutate(paused ? 'resume' : 'pause')}>
                {paused ? text.webhooks.resume : text.webhooks.pause}
              </Menu.Item>
              {disabled !== null && (
                <Menu.Item onClick={() => change.mutate('enable')}>{text.webhooks.enable}</Menu.Item>
              )}
              <Menu.Item onClick={() => setAsked('rotate')}>{text.webhooks.rotate}</Menu.Item>
            </>
          )}
          <Menu.Item onClick={() => setAsked('script')}>{text.webhooks.script}</Menu.Item>
          <Menu.Item component={Link} to={`/history?webhook=${id}`}>
            {text.history.title}
          </Menu.Item>
          {isMember && (
            <>
              <Menu.Item onClick={() => setAsked('redeliver')}>{text.redeliveries.failed}</Menu.Item>
              <Menu.Item onClick={() => setAsked('cancel')}>{text.redeliveries.cancelWaiting}</Menu.Item>
            </>
          )}
          {isAdmin && (
            <Menu.Item color="bad" onClick={() => setAsked('delete')}>
              {text.webhooks.delete}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'test' && (
        <TestPanel
          name={name}
          url={url}
          secrets={lentBy(webhook)}
          script={storedScript(id)}
          send={(payload) => testWebhook(id, payload)}
          onClose={close}
        />
      )}
      {asked === 'rotate' && <RotateSecret webhook={webhook} onClose={close} />}
      {asked === 'script' && <ShellScriptDialog webhook={webhook} onClose={close} />}
      {asked === 'redeliver' && <RedeliverDialog filter={{ webhook: id }} names={[name]} onClose={close} />}
      {asked === 'cancel' && <CancelDialog filter={{ webhook: id }} names={[name]} onClose={close} />}
      {asked === 'delete' && <DeleteWebhook webhook={webhook} team={team} onDeleted={onDeleted} onClose={close} />}
      {change.isError && (
        <Modal
          opened
          onClose={() => change.reset()}
          title={name}
          closeButtonProps={{ 'aria-label': text.common.close }}
        >
          <ProblemAlert error={change.error} />
        </Modal>
      )}
    </Group>
  )
}
