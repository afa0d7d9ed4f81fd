import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Me } from '../../contract/who.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { useSignIn } from '../api/use-me.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

/** Name and password. A refusal never says which of them is wrong. */
export function SignInForm({
  name: known,
  onSignedIn,
}: {
  readonly name?: string
  readonly onSignedIn: (me: Me) => void
}) {
  const text = useText()
  const [name, setName] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const signIn = useSignIn()
  const refused = signIn.error instanceof SignalboxProblem && signIn.error.status === 401
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault()
        signIn.mutate({ name, password }, { onSuccess: onSignedIn })
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={text.signIn.name}
          autoComplete="username"
          required
          withAsterisk={false}
          data-autofocus={known === undefined}
          autoFocus={known === undefined}
          readOnly={known !== undefined}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <PasswordInput
          label={text.signIn.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          autoFocus={known !== undefined}
          value={password}
          error={refused ? text.signIn.wrong : undefined}
          visibilityToggleButtonProps={{ 'aria-label': text.signIn.show, tabIndex: 0 }}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {signIn.error !== null && !refused && <ProblemAlert error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {text.signIn.submit}
        </Button>
      </Stack>
    </form>
  )
}
