import { NativeSelect } from '@mantine/core'
import { useMe } from '../api/use-me.ts'
import { usePlaces } from '../parts/use-places.ts'
import { useText } from '../parts/use-text.ts'
import { placeName } from '../registry/paths.ts'

/** A place in which automations stand, or all of them: undefined. The value is an id. */
export function ScopeSelect({
  value,
  onChange,
}: {
  readonly value: string | undefined
  readonly onChange: (scope: string | undefined) => void
}) {
  const text = useText()
  const { registries = [], projects = [] } = usePlaces().data ?? {}
  const { teams = [] } = useMe().data ?? {}
  const groups = [
    { group: text.nav.registries, items: registries.map((one) => ({ value: one.id, label: placeName(one) })) },
    {
      group: text.nav.projects,
      items: projects.map(({ id, entity, name }) => ({ value: id, label: `${entity}/${name}` })),
    },
    {
      group: text.nav.switcher,
      items: teams.map(({ id, name }) => ({ value: id, label: text.automations.whole(name) })),
    },
  ]
  const isAmong = groups.some(({ items }) => items.some((item) => item.value === value))
  return (
    <NativeSelect
      label={text.automations.scope}
      value={value ?? ''}
      data={[
        { value: '', label: text.common.all },
        ...(value === undefined || isAmong ? [] : [{ value, label: value }]),
        ...groups.filter(({ items }) => items.length > 0),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  )
}
