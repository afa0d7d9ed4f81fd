import { Fieldset } from '@mantine/core'
import type { ReactNode } from 'react'

/** Fields that belong together, under their name. */
export function Fields({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <Fieldset legend={legend} styles={{ root: { display: 'grid', gap: 12, minWidth: 0 } }}>
      {children}
    </Fieldset>
  )
}
