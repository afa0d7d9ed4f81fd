import { Text } from '@mantine/core'
import type { Attempt } from '../../contract/delivery.ts'
import { useText } from './use-text.ts'

/** What went wrong in a sentence, and what to do about it. */
export function Explained({ explanation }: { readonly explanation: NonNullable<Attempt['explanation']> }) {
  const text = useText()
  return (
    <>
      <Text size="sm">{text.server(explanation.what)}</Text>
      <Text size="sm">{text.webhooks.tryThis(text.server(explanation.try))}</Text>
    </>
  )
}
