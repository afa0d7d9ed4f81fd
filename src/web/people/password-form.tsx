import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

/** One's own password, changed only by who knows it. */
export function PasswordForm({ person }: { readonly person: string }) {
  const text = useText()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => client.people.setPassword(person, { password, current_password: current }),
    gcTime: 0,
    onSuccess: () => {
      setCurrent('')
      setPassword('')
    },
  })
  const eye = { 'aria-label': text.signIn.show, tabIndex: 0 }
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault()
        change.mutate()
      }}
    >
      <Stack gap="sm" maw={420}>
        <Title order={2}>{text.people.password}</Title>
        <PasswordInput
          label={text.people.currentPassword}
          autoComplete="current-password"
          value={current}
          visibilityToggleButtonProps={eye}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          label={text.people.newPassword}
          description={text.people.passwordHelp}
          autoComplete="new-password"
          value={password}
          visibilityToggleButtonProps={eye}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {change.error !== null && <ProblemAlert error={change.error} />}
        <Text size="sm" role="status">
          {change.isSuccess ? text.people.passwordChanged : ''}
        </Text>
        <Button type="submit" variant="default" loading={change.isPending} style={{ alignSelf: 'start' }}>
          {text.people.changePassword}
        </Button>
      </Stack>
    </form>
  )
}
