import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useText } from './use-text.ts'

/** Projects and registries that one may see, by the first hundred of each. The value is an id. */
export function PlaceSelect({
  label,
  value,
  onChange,
  error,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (place: string) => void
  readonly error?: string | undefined
}) {
  const text = useText()
  const places = useQuery({
    queryKey: ['places'],
    queryFn: async () => {
      const [registries, projects] = await Promise.all([
        client.registries.list({ limit: 100 }),
        client.projects.list({ limit: 100 }),
      ])
      return { registries: registries.items, projects: projects.items }
    },
  })
  const options = (items: readonly { id: string; entity: string; name: string }[] = []) =>
    items.map(({ id, entity, name }) => ({ value: id, label: `${entity}/${name}` }))
  return (
    <NativeSelect
      label={label}
      value={value}
      error={error}
      data={[
        { value: '', label: text.common.choose },
        { group: text.nav.registries, items: options(places.data?.registries) },
        { group: text.nav.projects, items: options(places.data?.projects) },
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
