import { Group, Stack, Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'

/** A page with its one heading, which is the document's title too, and its one primary action. */
export function Page({
  title,
  action,
  children,
}: {
  readonly title: string
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Signalbox`
  }, [title])
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center">
        <Title order={1} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Stack>
  )
}
