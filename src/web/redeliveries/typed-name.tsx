import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../parts/use-text.ts'

const freelyMax = 1_000

/** Of more than a thousand at once the name has to be typed. Answers the field, and whether it may go on. */
export function useTypedName(name: string, count: number | undefined) {
  const text = useText()
  const [typed, setTyped] = useState('')
  if (count === undefined || count <= freelyMax) return { field: undefined, mayGoOn: true }
  return {
    field: (
      <TextInput
        label={text.redeliveries.typeName(name)}
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
      />
    ),
    mayGoOn: typed.trim() === name,
  }
}
