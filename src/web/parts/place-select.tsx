import { NativeSelect } from '@mantine/core'
import type { Project } from '../../contract/project.ts'
import { ProblemAlert } from './problem-alert.tsx'
import { usePlaces } from './use-places.ts'
import { useText } from './use-text.ts'

const all = (): boolean => true

/** Projects and registries that one may see, or those `of` them that fit, by the first hundred of each. The value is an id. */
export function PlaceSelect({
  label,
  value,
  onChange,
  error,
  of = all,
  whenNone,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (place: string) => void
  readonly error?: string | undefined
  readonly of?: (place: Project) => boolean
  readonly whenNone?: string
}) {
  const text = useText()
  const places = usePlaces()
  if (places.isError) return <ProblemAlert error={places.error} onRetry={() => void places.refetch()} />
  const options = (items: readonly Project[] = []) =>
    items.filter(of).map(({ id, entity, name }) => ({ value: id, label: `${entity}/${name}` }))
  const [registries, projects] = [options(places.data?.registries), options(places.data?.projects)]
  return (
    <NativeSelect
      label={label}
      description={places.isSuccess && registries.length + projects.length === 0 && whenNone}
      value={value}
      error={error}
      disabled={places.isPending}
      aria-busy={places.isPending}
      data={[
        { value: '', label: places.isPending ? text.common.loading : text.common.choose },
        { group: text.nav.registries, items: registries },
        { group: text.nav.projects, items: projects },
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
