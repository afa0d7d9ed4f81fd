import { NativeSelect } from '@mantine/core'
import { useText } from './use-text.ts'

/** One of a closed set, or all: undefined. */
export function FilterSelect<Value extends string>({
  label,
  value,
  options,
  spell,
  onChange,
}: {
  readonly label: string
  readonly value: Value | undefined
  readonly options: readonly Value[]
  readonly spell: (option: Value) => string
  readonly onChange: (chosen: Value | undefined) => void
}) {
  const text = useText()
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[
        { value: '', label: text.common.all },
        ...options.map((option) => ({ value: option as string, label: spell(option) })),
      ]}
      onChange={({ currentTarget }) => onChange(options.find((option) => option === currentTarget.value))}
    />
  )
}
