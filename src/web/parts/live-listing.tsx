import { Button } from '@mantine/core'
import type { ComponentProps } from 'react'
import type { LivePages } from '../api/use-live-pages.ts'
import { Listing } from './listing.tsx'
import { useListPlace, type ListPlace } from './use-list-place.ts'
import { useText } from './use-text.ts'

/** A list that is kept up to date and stays still while somebody is at it: new rows wait behind a button. */
export function LiveListing<Item extends { readonly id: string }>({
  live: { list, pages, fresh, show },
  fresh: spellFresh,
  kept,
  ...listing
}: Omit<ComponentProps<typeof Listing<Item>>, 'pages' | 'keyOf' | 'firstRow'> & {
  readonly live: LivePages<Item>
  readonly fresh: (count: number) => string
  /** Where the address keeps the place in the list; left out: nowhere. */
  readonly kept?: ListPlace | undefined
}) {
  const text = useText()
  const firstRow = useListPlace(list, pages.data, kept)
  const isOld = fresh === undefined
  return (
    <div ref={list}>
      <div role="status" className="fresh">
        {(isOld || fresh > 0) && (
          <Button
            size="compact-sm"
            aria-keyshortcuts="r"
            onClick={() => {
              show()
              kept?.keep(undefined)
              window.scrollTo({ top: 0 })
            }}
          >
            {isOld ? text.common.newest : spellFresh(fresh)}
          </Button>
        )}
      </div>
      <Listing {...listing} pages={pages} keyOf={idOf} firstRow={firstRow} />
    </div>
  )
}

const idOf = ({ id }: { readonly id: string }) => id
