import { NativeSelect, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Delivery } from '../../contract/delivery.ts'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { useTeam } from '../api/use-team.ts'
import { useWebhooks } from '../automations/use-webhooks.ts'
import { FormDialog } from '../parts/form-dialog.tsx'
import { useText } from '../parts/use-text.ts'

/** The same payload to another webhook, of a team in which one is a member. */
export function RedeliverElsewhere({
  delivery,
  onDone,
  onClose,
}: {
  readonly delivery: Delivery
  readonly onDone: (id: string) => void
  readonly onClose: () => void
}) {
  const text = useText()
  const present = useTeam().team
  const teams = (useMe().data?.teams ?? []).filter(({ role }) => role !== 'viewer').map(({ name }) => name)
  const [team, setTeam] = useState(present ?? teams[0] ?? '')
  const [webhook, setWebhook] = useState('')
  const webhooks = useWebhooks(team).data?.filter(({ id }) => id !== delivery.webhook)
  const redeliver = useMutation({
    mutationFn: () => client.deliveries.redeliver(delivery.id, { webhook }),
    onSuccess: ({ id }) => onDone(id),
  })
  return (
    <FormDialog
      title={text.delivery.elsewhere.title}
      verb={text.delivery.redeliver}
      busy={redeliver.isPending}
      disabled={webhook === ''}
      error={redeliver.error}
      onSubmit={() => redeliver.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{text.delivery.elsewhere.body}</Text>
      {teams.length > 1 && (
        <NativeSelect
          label={text.wizard.team}
          value={team}
          data={teams}
          onChange={({ currentTarget }) => {
            setTeam(currentTarget.value)
            setWebhook('')
          }}
        />
      )}
      <NativeSelect
        label={text.history.webhook}
        value={webhook}
        data={[
          { value: '', label: text.common.choose },
          ...(webhooks ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget }) => setWebhook(currentTarget.value)}
      />
      {webhooks?.length === 0 && <Text size="sm">{text.delivery.elsewhere.none(team)}</Text>}
    </FormDialog>
  )
}
