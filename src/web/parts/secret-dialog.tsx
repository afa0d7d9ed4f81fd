import { Button, Checkbox, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Secret } from '../../contract/secret.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { client, queries } from '../api/client.ts'
import { heldBack } from '../api/held-back.ts'
import type { Words } from '../text/words.ts'
import { useText } from './use-text.ts'
import { FormDialog } from './form-dialog.tsx'

/** A new secret, or a new value for one. What was typed is forgotten when it closes. */
export function SecretDialog({
  team,
  replaced,
  onClose,
}: {
  readonly team: string
  readonly replaced?: Secret
  readonly onClose: () => void
}) {
  const text = useText()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const [revealed, setRevealed] = useState(false)
  const writing = useMutation({
    mutationFn: async () => {
      // The name may be that of one which is leaving.
      await heldBack.sendAll()
      return replaced === undefined
        ? client.secrets.create(team, { name: name.trim(), value })
        : client.secrets.replace(team, replaced.name, value)
    },
    // Nothing keeps the value.
    gcTime: 0,
    onSuccess: async () => {
      onClose()
      for (const key of ['secrets', 'webhooks']) await queries.invalidateQueries({ queryKey: [key, team] })
    },
  })
  const nameMistake = mistakeAt(writing.error, 'name', text)
  const valueMistake = mistakeAt(writing.error, 'value', text)
  return (
    <FormDialog
      title={replaced === undefined ? text.secrets.create : text.secrets.replaceTitle(replaced.name)}
      verb={replaced === undefined ? text.secrets.add : text.secrets.replace}
      busy={writing.isPending}
      error={nameMistake === null && valueMistake === null ? writing.error : null}
      onSubmit={() => writing.mutate()}
      onClose={onClose}
    >
      {replaced === undefined ? (
        <TextInput
          label={text.secrets.name}
          description={text.secrets.nameHelp(name.trim())}
          value={name}
          error={nameMistake}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
      ) : (
        <Text size="sm">{text.secrets.replaceNote(replaced.used_by.webhooks.length)}</Text>
      )}
      <Textarea
        label={text.secrets.value}
        description={text.secrets.chars(value.length)}
        value={value}
        error={valueMistake}
        onChange={({ currentTarget }) => setValue(currentTarget.value)}
        rows={4}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        styles={{ input: revealed ? monospace : { ...monospace, WebkitTextSecurity: 'disc' } }}
        {...(replaced === undefined ? {} : { 'data-autofocus': true })}
      />
      <Checkbox
        label={text.secrets.reveal}
        checked={revealed}
        onChange={({ currentTarget }) => setRevealed(currentTarget.checked)}
      />
      <div role="status">
        {/[\r\n]$/.test(value) && (
          <Group gap="xs">
            <Text size="sm">{text.secrets.endsWithBreak}</Text>
            <Button size="compact-sm" variant="default" onClick={() => setValue(value.replace(/[\r\n]+$/, ''))}>
              {text.secrets.removeBreak}
            </Button>
          </Group>
        )}
      </div>
    </FormDialog>
  )
}

const monospace = { fontFamily: 'var(--mantine-font-family-monospace)' }

function mistakeAt(error: unknown, field: 'name' | 'value', text: Words): string | null {
  if (!(error instanceof SignalboxProblem)) return null
  if (field === 'name' && error.type === '/problems/name-taken') return text.server(error.detail)
  const details = error.mistakes
    .filter(({ pointer }) => pointer === `#/${field}`)
    .map(({ detail }) => text.server(detail))
  return details.length === 0 ? null : details.join(' ')
}
