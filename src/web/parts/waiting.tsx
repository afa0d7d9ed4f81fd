import { Awaited } from './awaited.tsx'
import { Page } from './page.tsx'

/** A page whose content is on its way, under its true heading. */
export function Waiting({ title }: { readonly title: string }) {
  return (
    <Page title={title}>
      <Awaited heights={[32, 120, 240]} />
    </Page>
  )
}
