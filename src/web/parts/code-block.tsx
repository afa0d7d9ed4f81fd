import { Code } from '@mantine/core'
import { prettyJson } from './pretty-json.ts'

/** JSON with indentation, anything else as it is. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <Code
      block
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
      mah={420}
    >
      {prettyJson(code)}
    </Code>
  )
}
