import { useMutation } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { Confirm } from '../parts/confirm.tsx'
import { useText } from '../parts/use-text.ts'
import { makePassword } from './make-password.ts'
import { ShownOnce } from './shown-once.tsx'

/** A first password again, for somebody who forgot theirs: made here, and shown this once. */
export function ResetPassword({ person, onClose }: { readonly person: string; readonly onClose: () => void }) {
  const text = useText()
  const reset = useMutation({
    mutationFn: async () => {
      const password = makePassword()
      await client.people.setPassword(person, { password })
      return password
    },
    gcTime: 0,
  })
  if (reset.data !== undefined)
    return (
      <ShownOnce
        title={text.people.resetPassword}
        note={text.people.resetOnce(person)}
        label={text.people.firstPassword}
        value={reset.data}
        onClose={onClose}
      />
    )
  return (
    <Confirm
      title={text.people.resetTitle(person)}
      body={text.people.resetBody}
      verb={text.people.resetPassword}
      error={reset.error}
      busy={reset.isPending}
      onConfirm={() => reset.mutate()}
      onClose={onClose}
    />
  )
}
