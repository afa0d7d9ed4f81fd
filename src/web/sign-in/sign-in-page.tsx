import { useNavigate } from '@tanstack/react-router'
import { useSearched } from '../api/use-address.ts'
import { useText } from '../parts/use-text.ts'
import { Door } from './door.tsx'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage() {
  const text = useText()
  const navigate = useNavigate()
  const { next } = useSearched()
  return (
    <Door title={text.signIn.title} documentTitle={text.signIn.submit}>
      <SignInForm onSignedIn={() => void navigate({ href: ownPath(next) })} />
    </Door>
  )
}

/** Only back to a page of this app: an address that leads elsewhere is no place to be sent to. */
function ownPath(next: string | undefined): string {
  if (next === undefined) return '/overview'
  const url = URL.parse(next, window.location.origin)
  return url?.origin === window.location.origin ? `${url.pathname}${url.search}` : '/overview'
}
