import { Button, Fieldset, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { SetUp } from '../../contract/who.ts'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { useSetUp } from '../api/use-set-up.ts'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { checkSetUp, isWrongCode, type SetUpField } from './check-set-up.ts'

/** Organization, team and admin, by whoever knows the code; what is wrong stands at its field, once the field was left. */
export function SetUpForm({ onSetUp }: { readonly onSetUp: () => void }) {
  const text = useText()
  const form = useRef<HTMLFormElement>(null)
  const [given, setGiven] = useState<SetUp>({
    code: codeOfAddress(),
    organization: '',
    team: '',
    admin: '',
    password: '',
  })
  const [left, setLeft] = useState<ReadonlySet<SetUpField>>(new Set())
  const [refusals, setRefusals] = useState(0)
  const setUp = useSetUp()
  const asked = {
    ...given,
    organization: given.organization.trim(),
    team: given.team.trim(),
    admin: given.admin.trim(),
  }
  const mistakes = { ...(isWrongCode(setUp.error) ? { code: 'wrongCode' as const } : {}), ...checkSetUp(asked) }

  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLInputElement>('[aria-invalid=true]')?.focus()
  }, [refusals])

  function submit(): void {
    setLeft(new Set(Object.keys(given) as SetUpField[]))
    if (Object.keys(checkSetUp(asked)).length > 0) setRefusals((count) => count + 1)
    else setUp.mutate(asked, { onSuccess: onSetUp, onError: () => setRefusals((count) => count + 1) })
  }

  const field = (name: SetUpField) => {
    const mistake = left.has(name) ? mistakes[name] : undefined
    return {
      name,
      value: given[name],
      error: mistake === undefined ? undefined : text.setUp.mistakes[mistake],
      required: true,
      withAsterisk: false,
      onBlur: () => given[name] !== '' && setLeft(new Set(left).add(name)),
      onChange: ({ currentTarget: { value } }: { readonly currentTarget: HTMLInputElement }) => {
        if (name === 'code') setUp.reset()
        setGiven({ ...given, [name]: value })
      },
    }
  }
  const plain = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false }
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        submit()
      }}
    >
      <Stack gap="sm">
        <TextInput
          {...field('code')}
          {...plain}
          label={text.setUp.code}
          description={text.setUp.codeHelp}
          autoFocus={given.code === ''}
        />
        <Fieldset variant="unstyled" mx={0} mt="xs" legend={<Title order={2}>{text.setUp.yourOrganization}</Title>}>
          <Stack gap="sm">
            <TextInput
              {...field('organization')}
              {...plain}
              label={text.setUp.organization}
              description={text.setUp.nameHelp}
              autoComplete="organization"
              autoFocus={given.code !== ''}
            />
            <TextInput {...field('team')} {...plain} label={text.setUp.team} />
          </Stack>
        </Fieldset>
        <Fieldset variant="unstyled" mx={0} mt="xs" legend={<Title order={2}>{text.setUp.you}</Title>}>
          <Stack gap="sm">
            <TextInput {...field('admin')} {...plain} label={text.signIn.name} autoComplete="username" />
            <PasswordInput
              {...field('password')}
              label={text.signIn.password}
              description={text.people.passwordHelp}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': text.signIn.show, tabIndex: 0 }}
            />
          </Stack>
        </Fieldset>
        {setUp.error !== null && !isWrongCode(setUp.error) && <ProblemAlert error={setUp.error} />}
        {isDone(setUp.error) && <PageLink to="/sign-in">{text.signIn.submit}</PageLink>}
        <Button type="submit" loading={setUp.isPending} fullWidth>
          {text.setUp.submit}
        </Button>
      </Stack>
    </form>
  )
}

/** Somebody else was faster. */
function isDone(error: unknown): boolean {
  return error instanceof SignalboxProblem && error.type === '/problems/already-set-up'
}

/** The server prints an address that ends in it. */
function codeOfAddress(): string {
  return window.location.hash.slice(1)
}
