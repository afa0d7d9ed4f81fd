import { Stack, Text, Title } from '@mantine/core'
import { useText } from '../parts/use-text.ts'
import type { Scope } from './draft.ts'
import { useCollections } from './use-collections.ts'

/** How much a scope holds now, and that what comes later is in it too. */
export function Coverage({ scope: { kind, ref }, name }: { readonly scope: Scope; readonly name: string | undefined }) {
  const text = useText()
  return (
    <Stack gap={4} component="section" aria-label={text.wizard.covers}>
      <Title order={2}>{text.wizard.covers}</Title>
      {kind === 'project' ? (
        <CoveredCollections place={ref} />
      ) : (
        <Text>{kind === 'team' ? text.wizard.coversTeam(name ?? ref) : text.wizard.coversCollection}</Text>
      )}
    </Stack>
  )
}

function CoveredCollections({ place }: { readonly place: string }) {
  const text = useText()
  const { data } = useCollections(place)
  const say = data?.next === null ? text.wizard.coversPlace : text.wizard.coversLargePlace
  return (
    <Text role="status" mih={24}>
      {data !== undefined && say(data.items.length)}
    </Text>
  )
}
