import { Skeleton, Stack } from '@mantine/core'
import { useText } from './use-text.ts'

/** Where something is on its way: as high as what will stand there. */
export function Awaited({ heights }: { readonly heights: readonly number[] }) {
  const text = useText()
  return (
    <Stack gap="sm" aria-busy aria-label={text.common.loading} role="status">
      {heights.map((height, index) => (
        <Skeleton key={`${index} ${height}`} h={height} />
      ))}
    </Stack>
  )
}
