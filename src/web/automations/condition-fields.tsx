import { Autocomplete, Button, CloseButton, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { codeInput } from '../parts/code-input.ts'
import { useText } from '../parts/use-text.ts'
import { operators, readConditions, typeOf, writeConditions, type Condition, type Operator } from './conditions.ts'

/** Conditions as rows, or as JSON where rows cannot say them or somebody likes it better. */
export function ConditionFields({
  paths,
  value,
  error,
  onChange,
}: {
  /** What they can be about. */
  readonly paths: readonly string[]
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (json: string) => void
}) {
  const text = useText()
  const read = readConditions(value)
  const [asJson, setAsJson] = useState(read === undefined)
  // A row that is being typed has no field yet, and JSON has no place for it.
  const [rows, setRows] = useState<readonly Condition[]>(read ?? [])
  const change = (changed: readonly Condition[]) => {
    setRows(changed)
    onChange(writeConditions(changed.filter(({ field }) => field !== '')))
  }
  if (asJson)
    return (
      <Stack gap="xs">
        <Textarea
          label={text.wizard.filter}
          description={text.wizard.filterHelp}
          value={value}
          autosize
          minRows={2}
          maxRows={14}
          styles={codeInput}
          spellCheck={false}
          error={error}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
        {read !== undefined && (
          <Switcher
            label={text.wizard.asRows}
            onClick={() => {
              setRows(read)
              setAsJson(false)
            }}
          />
        )}
      </Stack>
    )
  return (
    <Stack gap="xs" component="fieldset" bd={0} p={0} m={0}>
      <Text component="legend" size="sm" fw={500} p={0}>
        {text.wizard.conditions}
      </Text>
      {rows.map((row, index) => (
        <ConditionRow
          // A row has no name of its own but its place.
          key={index}
          row={row}
          number={index + 1}
          paths={paths}
          onChange={(changed) => change(rows.map((other, at) => (at === index ? { ...other, ...changed } : other)))}
          onRemove={() => change(rows.filter((_row, at) => at !== index))}
        />
      ))}
      {error !== undefined && (
        <Text size="xs" c="error" role="alert">
          {error}
        </Text>
      )}
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setRows([...rows, { field: '', operator: '$eq', value: '' }])}
        >
          {text.wizard.addCondition}
        </Button>
        <Switcher label={text.wizard.asJson} onClick={() => setAsJson(true)} />
      </Group>
    </Stack>
  )
}

function Switcher({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={onClick} style={{ alignSelf: 'start' }}>
      {label}
    </Button>
  )
}

function ConditionRow({
  row: { field, operator, value },
  number,
  paths,
  onChange,
  onRemove,
}: {
  readonly row: Condition
  readonly number: number
  readonly paths: readonly string[]
  readonly onChange: (changed: Partial<Condition>) => void
  readonly onRemove: () => void
}) {
  const text = useText()
  return (
    <Group gap="xs">
      <Autocomplete
        aria-label={text.wizard.conditionField(number)}
        placeholder="metadata.accuracy"
        data={[...paths]}
        limit={20}
        value={field}
        style={{ flex: '2 1 180px' }}
        onChange={(changed) => onChange({ field: changed })}
      />
      <NativeSelect
        aria-label={text.wizard.conditionOperator(number)}
        value={operator}
        data={operators.map((name) => ({ value: name, label: text.wizard.operators[name] }))}
        onChange={({ currentTarget }) => onChange({ operator: currentTarget.value as Operator })}
      />
      <TextInput
        aria-label={text.wizard.conditionValue(number)}
        value={value}
        style={{ flex: '1 1 130px' }}
        rightSection={
          value !== '' && (
            <Text size="xs" c="dimmed">
              {text.wizard.valueTypes[typeOf(value)]}
            </Text>
          )
        }
        rightSectionWidth={76}
        onChange={({ currentTarget }) => onChange({ value: currentTarget.value })}
      />
      <CloseButton aria-label={text.wizard.removeCondition(number)} onClick={onRemove} />
    </Group>
  )
}
