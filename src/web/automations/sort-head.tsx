import { UnstyledButton } from '@mantine/core'
import type { AutomationSort } from '../../contract/automation.ts'
import { useText } from '../parts/use-text.ts'

type By = 'name' | 'last_delivery'

const firstWay: Readonly<Record<By, AutomationSort>> = { name: 'name', last_delivery: '-last_delivery' }

/** What a list sorted like this tells of one of its columns. */
export function sortedBy(by: By, sort: AutomationSort): 'ascending' | 'descending' | 'none' {
  if (sort === by) return 'ascending'
  return sort === `-${by}` ? 'descending' : 'none'
}

/** The head of a column that sorts the list by it, and once sorted the other way round. */
export function SortHead({
  by,
  heading,
  sort,
  onSort,
}: {
  readonly by: By
  readonly heading: string
  readonly sort: AutomationSort
  readonly onSort: (sort: AutomationSort) => void
}) {
  const text = useText()
  const way = sortedBy(by, sort)
  const next = way === 'none' ? firstWay[by] : way === 'ascending' ? (`-${by}` as const) : by
  return (
    <UnstyledButton fz="inherit" fw="inherit" title={text.automations.sorts[next]} onClick={() => onSort(next)}>
      {heading}
      <span aria-hidden>{way === 'none' ? ' ↕' : way === 'ascending' ? ' ↑' : ' ↓'}</span>
    </UnstyledButton>
  )
}
