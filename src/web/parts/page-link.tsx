import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A link to a page of this app; `to` is a whole path. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} inherit style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Anchor>
  )
}
