import { NoSuchPage } from './no-such-page.tsx'
import { Page } from './page.tsx'
import { ProblemAlert } from './problem-alert.tsx'
import { isNotFound } from './problem-text.ts'

/** A page about one thing that was not given: it has no such thing, or why not and another try. */
export function RefusedPage({
  title,
  refused: { error, refetch },
}: {
  readonly title: string
  readonly refused: { readonly error: unknown; readonly refetch: () => unknown }
}) {
  if (isNotFound(error)) return <NoSuchPage />
  return (
    <Page title={title}>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  )
}
