import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** Nothing here yet: what will be, and the one thing to do. */
export function EmptyState({
  title,
  body,
  action,
}: {
  readonly title: string
  readonly body?: string
  readonly action?: ReactNode
}) {
  return (
    <Stack align="center" gap="xs" py={48} ta="center">
      <svg width={240} height={96} viewBox="0 0 240 96" aria-hidden focusable="false" fill="none" strokeWidth={2}>
        <path d="M16 76h208M16 84h208" stroke="var(--mantine-color-idle-4)" />
        <path d="M120 88V20" stroke="var(--mantine-color-idle-4)" strokeWidth={3} />
        <rect x="120" y="21" width="34" height="10" rx="2.5" fill="var(--mantine-color-brand-3)" />
        <circle cx="110" cy="26" r="6" fill="var(--mantine-color-idle-4)" />
      </svg>
      <Title order={2}>{title}</Title>
      {body !== undefined && (
        <Text c="dimmed" maw={460}>
          {body}
        </Text>
      )}
      {action}
    </Stack>
  )
}
