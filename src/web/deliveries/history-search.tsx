import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { searchedCharsMin } from '../../contract/delivery.ts'
import { readJump } from '../find/jump.ts'
import { useText } from '../parts/use-text.ts'

const searchDelayMs = 400

/** Text to look for; an id, or an address of this server, opens what it names. */
export function HistorySearch({
  value,
  team,
  onChange,
}: {
  readonly value: string | undefined
  readonly team: string | undefined
  readonly onChange: (value: string | undefined) => void
}) {
  const text = useText()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(value ?? '')
  const look = useDebouncedCallback((words: string) => {
    const page = readJump(words, window.location.origin, team ?? '')
    if (page === undefined) onChange(words === '' ? undefined : words)
    else void navigate({ href: page })
  }, searchDelayMs)
  const isShort = typed !== '' && typed.length < searchedCharsMin
  return (
    <TextInput
      label={text.history.search}
      type="search"
      value={typed}
      description={isShort && text.history.searchHelp(searchedCharsMin)}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        look(currentTarget.value.trim())
      }}
    />
  )
}
