import { Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'

export interface Choice {
  readonly key: string
  readonly label: string
  /** Where it is or what it is, dimmed. */
  readonly note?: string | undefined
  readonly icon?: ReactNode
  readonly keys?: string | undefined
  readonly choose: () => void
}

export interface Choices {
  readonly heading: string
  readonly items: readonly Choice[]
}

/** A field over a list that it narrows down: arrows move, Enter chooses, the focus stays in the field. */
export function PickList({
  label,
  typed,
  sought = typed,
  onType,
  groups,
  whenEmpty,
}: {
  readonly label: string
  readonly typed: string
  /** What stands out in what was found, where that is not all that was typed. */
  readonly sought?: string
  readonly onType: (text: string) => void
  readonly groups: readonly Choices[]
  readonly whenEmpty?: ReactNode
}) {
  const id = useId()
  const [at, setAt] = useState({ typed, index: 0 })
  const told = groups.filter(({ items }) => items.length > 0)
  const choices = told.flatMap(({ items }) => items)
  // What was typed since makes another list, which begins at its first.
  const index = Math.min(at.typed === typed ? at.index : 0, choices.length - 1)
  const move = (to: number): void => {
    const next = (to + choices.length) % choices.length
    setAt({ typed, index: next })
    document.getElementById(`${id}-${choices[next]?.key}`)?.scrollIntoView({ block: 'nearest' })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || choices.length === 0) return
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(index + 1),
      ArrowUp: () => move(index - 1),
      Enter: () => choices[index]?.choose(),
    }
    const act = acts[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  const current = choices[index]
  return (
    <Stack gap={0}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${current.key}`}
        placeholder={label}
        leftSection={<IconSearch size={16} stroke={1.75} />}
        value={typed}
        onChange={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {choices.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label={label} className="picks">
          {told.map(({ heading, items }) => (
            <div key={heading} role="group" aria-label={heading}>
              <Text size="xs" c="dimmed" fw={500} px="xs" pt="xs" pb={4} aria-hidden>
                {heading}
              </Text>
              {items.map((choice) => (
                <Option
                  key={choice.key}
                  id={`${id}-${choice.key}`}
                  choice={choice}
                  sought={sought}
                  isCurrent={choice === current}
                  onPoint={() => setAt({ typed, index: choices.indexOf(choice) })}
                />
              ))}
            </div>
          ))}
        </div>
      )}
      {choices.length === 0 && whenEmpty}
    </Stack>
  )
}

function Option({
  id,
  choice: { label, note, icon, keys, choose },
  sought,
  isCurrent,
  onPoint,
}: {
  readonly id: string
  readonly choice: Choice
  readonly sought: string
  readonly isCurrent: boolean
  readonly onPoint: () => void
}) {
  return (
    <Group
      id={id}
      role="option"
      aria-selected={isCurrent}
      className="pick"
      gap="sm"
      wrap="nowrap"
      onMouseMove={onPoint}
      onClick={choose}
    >
      {icon}
      <span style={{ flexShrink: 0, maxWidth: '70%' }}>
        <Matched label={label} sought={sought} />
      </span>
      {note !== undefined && (
        <Text span size="xs" c="dimmed">
          {note}
        </Text>
      )}
      {keys !== undefined && (
        <Text span size="xs" c="dimmed" ms="auto" ff="monospace">
          {keys}
        </Text>
      )}
    </Group>
  )
}

/** What was typed stands out in what was found by it. */
function Matched({ label, sought }: { readonly label: string; readonly sought: string }) {
  const start = sought === '' ? -1 : label.toLowerCase().indexOf(sought.toLowerCase())
  if (start < 0) return label
  const end = start + sought.length
  return (
    <>
      {label.slice(0, start)}
      <strong>{label.slice(start, end)}</strong>
      {label.slice(end)}
    </>
  )
}
