import { Button } from '@mantine/core'
import type { ComponentProps } from 'react'
import type { Pages } from '../api/pages.ts'
import { useHeldBack } from '../api/use-held-back.ts'
import { Listing } from './listing.tsx'

/** A list that is kept up to date and stays still while somebody is at it: new rows wait behind a button. */
export function LiveListing<Item extends { readonly id: string }>({
  pages: all,
  fresh: spellFresh,
  ...listing
}: Omit<ComponentProps<typeof Listing<Item>>, 'pages' | 'keyOf'> & {
  readonly pages: Pages<Item>
  readonly fresh: (count: number) => string
}) {
  const { place, pages, fresh, show } = useHeldBack(all)
  return (
    <div ref={place}>
      <div role="status">
        {fresh > 0 && (
          <Button variant="light" size="compact-sm" aria-keyshortcuts="r" onClick={show}>
            {spellFresh(fresh)}
          </Button>
        )}
      </div>
      <Listing {...listing} pages={pages} keyOf={({ id }) => id} />
    </div>
  )
}
