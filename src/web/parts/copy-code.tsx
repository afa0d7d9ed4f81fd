import { Button, CopyButton, Group, Stack } from '@mantine/core'
import { CodeBlock } from './code-block.tsx'
import { useText } from './use-text.ts'

/** A text to take elsewhere. */
export function CopyCode({ code, label }: { readonly code: string; readonly label: string }) {
  const text = useText()
  return (
    <Stack gap="xs">
      <CodeBlock code={code} label={label} />
      <Group justify="flex-end">
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy}>
              <span aria-live="polite">{copied ? text.common.copied : text.common.copy}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  )
}
