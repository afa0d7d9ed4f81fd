import { Page } from './page.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { useText } from './use-text.ts'

/** What a page could not survive; the rest of the app works on. */
export function PageBroke({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const text = useText()
  return (
    <Page title={text.common.broke}>
      <ProblemAlert error={error} onRetry={reset} />
    </Page>
  )
}
