import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { useText } from '../parts/use-text.ts'
import { DeleteAutomation } from './delete-automation.tsx'

export function AutomationMenu({
  automation,
  onDeleted,
}: {
  readonly automation: Automation
  readonly onDeleted?: () => void
}) {
  const text = useText()
  const { id, name, paused_reason, may_change } = automation
  const isMember = useIsMember(useTeam().team)
  const [deleting, setDeleting] = useState(false)
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['automations'] }),
      queries.invalidateQueries({ queryKey: ['automation', id] }),
    ])
  const pause = useMutation({
    mutationFn: () => (paused_reason === null ? client.automations.pause(id) : client.automations.resume(id)),
    onSettled: refresh,
  })
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={text.common.actions(name)}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may_change && (
            <Menu.Item component={Link} to={`/automations/${id}/edit`}>
              {text.automations.edit}
            </Menu.Item>
          )}
          {isMember && (
            <Menu.Item component={Link} to={`/automations/new?copy=${id}`}>
              {text.automations.duplicate}
            </Menu.Item>
          )}
          {may_change && (
            <Menu.Item onClick={() => pause.mutate()}>
              {paused_reason === null ? text.automations.pause : text.automations.resume}
            </Menu.Item>
          )}
          <Menu.Item component={Link} to={`/history?automation=${id}`}>
            {text.automations.history}
          </Menu.Item>
          {may_change && (
            <Menu.Item color="bad" onClick={() => setDeleting(true)}>
              {text.automations.delete}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {deleting && (
        <DeleteAutomation automation={automation} onDeleted={onDeleted} onClose={() => setDeleting(false)} />
      )}
    </>
  )
}
