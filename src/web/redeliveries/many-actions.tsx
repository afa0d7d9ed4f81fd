import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useIsMember } from '../api/use-is-admin.ts'
import { useTeam } from '../api/use-team.ts'
import { useText } from '../parts/use-text.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import type { ManyFilter } from './filter.ts'
import { RedeliverDialog } from './redeliver-dialog.tsx'

/** What can be done to all that a list is narrowed down to; members may. */
export function ManyActions({ filter, names }: { readonly filter: ManyFilter; readonly names: readonly string[] }) {
  const text = useText()
  const { team } = useTeam()
  const isMember = useIsMember(team)
  const [asked, setAsked] = useState<'redeliver' | 'cancel'>()
  const close = () => setAsked(undefined)
  if (!isMember) return null
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsked('cancel')}>
        {text.redeliveries.cancelWaiting}
      </Button>
      <Button variant="default" onClick={() => setAsked('redeliver')}>
        {text.redeliveries.failed}
      </Button>
      {asked === 'redeliver' && <RedeliverDialog filter={filter} names={names} onClose={close} />}
      {asked === 'cancel' && <CancelDialog filter={filter} names={names} onClose={close} />}
    </Group>
  )
}
