import { Box, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from './empty-state.tsx'
import { Page } from './page.tsx'
import { useText } from './use-text.ts'

export function NotFound() {
  const text = useText()
  return (
    <Box component="main" p="md">
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
    </Box>
  )
}
