import { JsonInput } from '@mantine/core'
import { useText } from '../parts/use-text.ts'

export function MetadataField({
  value,
  onChange,
  isWrong,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isWrong: boolean
}) {
  const text = useText()
  return (
    <JsonInput
      label={text.registry.metadata}
      description={text.registry.metadataHelp}
      value={value}
      onChange={onChange}
      error={isWrong && readObject(value) === undefined ? text.registry.notObject : null}
      formatOnBlur
      autosize
      minRows={4}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}

/** The JSON object that a text is, nothing being an empty one; undefined when it is none. */
export function readObject(text: string): object | undefined {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
