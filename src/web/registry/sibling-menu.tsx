import { ActionIcon, Popover, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Awaited } from '../parts/awaited.tsx'
import { PickList } from '../parts/pick-list.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

export interface Sibling {
  readonly id: string
  readonly name: string
  readonly note?: string
  readonly to: string
}

interface SiblingSource {
  /** What they are, all together. */
  readonly label: string
  readonly queryKey: readonly unknown[]
  readonly load: () => Promise<{ readonly items: readonly Sibling[]; readonly next: string | null }>
}

/** Beside a name in the breadcrumbs: what else there is in the same place. */
export function SiblingMenu(source: SiblingSource) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" size="sm" aria-label={source.label} onClick={() => setOpen(!isOpen)}>
          <IconChevronDown size={16} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={source.label}>
        <SiblingList {...source} onChosen={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function SiblingList({ label, queryKey, load, onChosen }: SiblingSource & { readonly onChosen: () => void }) {
  const text = useText()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const found = useQuery({ queryKey, queryFn: load })
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Awaited heights={[34, 36, 36]} />
  const sought = typed.trim().toLowerCase()
  const items = found.data.items
    .filter(({ name }) => name.toLowerCase().includes(sought))
    .map(({ id, name, note, to }) => ({
      key: id,
      label: name,
      note,
      choose: () => {
        onChosen()
        void navigate({ href: to })
      },
    }))
  return (
    <>
      <PickList
        label={text.registry.filterSiblings}
        typed={typed}
        sought={sought}
        onType={setTyped}
        groups={[{ heading: label, items }]}
        whenEmpty={
          <Text size="sm" p="xs" role="status">
            {text.find.nothing(typed.trim())}
          </Text>
        }
      />
      {found.data.next !== null && (
        <Text size="xs" c="dimmed" px="xs" pt="xs">
          {text.registry.onlyNewest(found.data.items.length)}
        </Text>
      )}
    </>
  )
}
