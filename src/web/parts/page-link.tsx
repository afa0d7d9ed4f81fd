import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A link to a page of this app; `to` is a whole path. Beside other words it has to be told from them without its color. */
export function PageLink({
  to,
  amongWords = false,
  children,
}: {
  readonly to: string
  readonly amongWords?: boolean
  readonly children: ReactNode
}) {
  return (
    <Anchor
      component={Link}
      to={to}
      inherit
      underline={amongWords ? 'always' : 'hover'}
      style={{ overflowWrap: 'anywhere' }}
    >
      {children}
    </Anchor>
  )
}
