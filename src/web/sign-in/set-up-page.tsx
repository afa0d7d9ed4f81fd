import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useText } from '../parts/use-text.ts'
import { Door } from './door.tsx'
import { SetUpForm } from './set-up-form.tsx'

/** The first page of a new server. */
export function SetUpPage() {
  const text = useText()
  const navigate = useNavigate()
  return (
    <Door title={text.setUp.title} documentTitle={text.setUp.title}>
      <Text size="sm">{text.setUp.intro}</Text>
      <SetUpForm onSetUp={() => void navigate({ to: '/overview' })} />
    </Door>
  )
}
