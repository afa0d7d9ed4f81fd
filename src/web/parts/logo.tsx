import { Group, Text } from '@mantine/core'
import { useText } from './use-text.ts'

export function Logo() {
  const text = useText()
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={28} height={28} viewBox="0 0 32 32" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="#312e81" />
        <path d="M9 16 16 12" stroke="#c7d2fe" strokeWidth="3" />
        <rect x="16" y="9" width="13" height="6" rx="1" fill="#c7d2fe" transform="rotate(-30 16 12)" />
        <rect x="14.25" y="5" width="3.5" height="21" rx="1.5" fill="#fff" />
        <rect x="10.5" y="24.5" width="11" height="3" rx="1.5" fill="#fff" />
        <circle cx="8.5" cy="16.25" r="4" fill="#4ade80" />
      </svg>
      <Text fw={600} className="product">
        {text.product}
      </Text>
    </Group>
  )
}
