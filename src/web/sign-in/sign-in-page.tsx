import { Center, Paper, Stack, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useSearched } from '../api/use-address.ts'
import { LanguageSelect } from '../parts/language-select.tsx'
import { Logo } from '../parts/logo.tsx'
import { useText } from '../parts/use-text.ts'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  const text = useText()
  const navigate = useNavigate()
  const { next } = useSearched()
  useEffect(() => {
    document.title = `${text.signIn.submit} · ${text.product}`
  }, [text])
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper w="100%" maw={380} p="lg" withBorder>
        <Stack>
          <Logo />
          <Title order={1}>{text.signIn.title}</Title>
          <SignInForm onSignedIn={() => void navigate({ href: ownPath(next) })} />
          <LanguageSelect />
        </Stack>
      </Paper>
    </Center>
  )
}

/** Only back to a page of this app: an address that leads elsewhere is no place to be sent to. */
function ownPath(next: string | undefined): string {
  if (next === undefined) return '/overview'
  const url = URL.parse(next, window.location.origin)
  return url?.origin === window.location.origin ? `${url.pathname}${url.search}` : '/overview'
}
