import { Skeleton, Stack } from '@mantine/core'
import { Page } from './page.tsx'
import { useText } from './use-text.ts'

/** A page whose content is on its way, under its true heading. */
export function Waiting({ title }: { readonly title: string }) {
  const text = useText()
  return (
    <Page title={title}>
      <Stack aria-busy aria-label={text.common.loading} role="status">
        <Skeleton h={32} />
        <Skeleton h={120} />
        <Skeleton h={240} />
      </Stack>
    </Page>
  )
}
