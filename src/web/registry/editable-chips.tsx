import { ActionIcon, Badge, Button, Group, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconLock, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useText } from '../parts/use-text.ts'
import { problemText } from '../parts/problem-text.ts'

/** Aliases or tags: what there is, each to be removed, and a field that adds one. */
export function EditableChips({
  label,
  fieldLabel,
  addLabel,
  help,
  items,
  locked = [],
  kept = [],
  canEdit,
  removeLabel,
  add,
  remove,
}: {
  readonly label: string
  readonly fieldLabel: string
  readonly addLabel: string
  readonly help?: string
  readonly items: readonly string[]
  readonly locked?: readonly string[]
  readonly kept?: readonly string[]
  readonly canEdit: boolean
  readonly removeLabel: (item: string) => string
  readonly add: (item: string) => Promise<unknown>
  readonly remove: (item: string) => Promise<unknown>
}) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const adding = useMutation({
    mutationFn: add,
    // What somebody types meanwhile is the next one.
    onSuccess: (_added, item) => setTyped((now) => (now.trim() === item ? '' : now)),
  })
  const removing = useMutation({ mutationFn: remove })
  const refusal = problemText(removing.error, text)
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Text fw={600} size="sm">
        {label}
      </Text>
      <Group gap="xs">
        {items.length === 0 && <Text size="sm">{text.common.none}</Text>}
        {items.map((item) => (
          <Group key={item} gap={2} wrap="nowrap">
            <Chip item={item} isLocked={locked.includes(item)} />
            {canEdit && !kept.includes(item) && (
              <ActionIcon
                variant="subtle"
                color="idle"
                aria-label={removeLabel(item)}
                loading={removing.isPending && removing.variables === item}
                onClick={() => removing.mutate(item)}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Group>
      {refusal !== null && (
        <Text c="bad" size="sm" role="alert">
          {refusal}
        </Text>
      )}
      {canEdit && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            event.stopPropagation()
            if (typed.trim() !== '') adding.mutate(typed.trim())
          }}
        >
          <Group gap="xs" align="flex-end">
            <TextInput
              label={fieldLabel}
              description={help}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              error={problemText(adding.error, text)}
              flex={1}
              miw={160}
              autoComplete="off"
            />
            <Button
              type="submit"
              variant="default"
              loading={adding.isPending}
              style={{ alignSelf: 'flex-start' }}
              mt={24}
            >
              {addLabel}
            </Button>
          </Group>
        </form>
      )}
    </Stack>
  )
}

/** One alias or tag; a lock where only admins may change it. */
export function Chip({ item, isLocked = false }: { readonly item: string; readonly isLocked?: boolean }) {
  const text = useText()
  return (
    <Badge
      variant="light"
      color="idle"
      tt="none"
      rightSection={isLocked ? <IconLock size={12} aria-hidden /> : undefined}
    >
      {item}
      {isLocked && <VisuallyHidden> {text.registry.isProtected}</VisuallyHidden>}
    </Badge>
  )
}

export function Chips({
  items,
  locked = [],
}: {
  readonly items: readonly string[]
  readonly locked?: readonly string[]
}) {
  if (items.length === 0) return null
  return (
    <Group gap={4}>
      {items.map((item) => (
        <Chip key={item} item={item} isLocked={locked.includes(item)} />
      ))}
    </Group>
  )
}
