import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from './empty-state.tsx'
import { Page } from './page.tsx'
import { useText } from './use-text.ts'

/** Of what is not there, and of what is not one's to see: the two are not told apart. */
export function NoSuchPage() {
  const text = useText()
  return (
    <Page title={text.common.notFoundTitle}>
      <EmptyState
        title={text.common.notFoundBody}
        action={
          <Button component={Link} to="/overview">
            {text.nav.overview}
          </Button>
        }
      />
    </Page>
  )
}
