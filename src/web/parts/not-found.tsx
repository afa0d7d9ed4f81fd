import { Box } from '@mantine/core'
import { NoSuchPage } from './no-such-page.tsx'

/** An address that no page has. */
export function NotFound() {
  return (
    <Box component="main" p="md">
      <NoSuchPage />
    </Box>
  )
}
