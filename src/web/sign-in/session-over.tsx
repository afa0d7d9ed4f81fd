import { Modal, Stack, Text } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { queries } from '../api/client.ts'
import { session } from '../api/session.ts'
import { butLoaded } from '../api/use-live-pages.ts'
import { useMe } from '../api/use-me.ts'
import { useText } from '../parts/use-text.ts'
import { SignInForm } from './sign-in-form.tsx'

/** Over the page, so that what was typed stays; only the same person goes on with it. */
export function SessionOver() {
  const text = useText()
  const over = useSyncExternalStore(session.watch, session.isOver)
  const me = useMe()
  return (
    <Modal opened={over} onClose={() => undefined} withCloseButton={false} zIndex={1000} title={text.signIn.over}>
      <Stack gap="sm">
        <Text size="sm">{text.signIn.overBody}</Text>
        <SignInForm
          {...(me.data === undefined ? {} : { name: me.data.name })}
          onSignedIn={() => {
            session.begin()
            void queries.invalidateQueries(butLoaded)
          }}
        />
      </Stack>
    </Modal>
  )
}
