import { Stack, Text } from '@mantine/core'
import { CodeBlock } from './code-block.tsx'
import { useText } from './use-text.ts'

type Headers = readonly (readonly [name: string, value: string])[]

const signing = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-wandb-signature']

/** How a request was signed, and over what. */
export function SignatureHeaders({ headers }: { readonly headers: Headers }) {
  const text = useText()
  const found = headers.filter(([name]) => signing.includes(name.toLowerCase()))
  const has = (wanted: string) => found.some(([name]) => name.toLowerCase() === wanted)
  if (!has('webhook-signature') && !has('x-wandb-signature')) return <Text size="sm">{text.webhooks.noSignature}</Text>
  return (
    <Stack gap="xs">
      <CodeBlock label={text.webhooks.signatureHeaders} code={spellHeaders(found)} />
      {has('webhook-signature') && <Text size="sm">{text.webhooks.signedText}</Text>}
      {has('x-wandb-signature') && <Text size="sm">{text.webhooks.wandbText}</Text>}
    </Stack>
  )
}

export function spellHeaders(headers: Headers): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}
