import { Anchor, Code, List, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { problems } from '../../contract/problem.ts'
import { useNamed } from '../api/use-address.ts'
import { NotFound } from '../parts/not-found.tsx'
import { useText } from '../parts/use-text.ts'
import { Door } from '../sign-in/door.tsx'

interface Kind {
  readonly status: number
  readonly title: string
  readonly about: string
}

const kinds = new Map<string, Kind>(Object.entries(problems))

/** What the address of a problem's type leads to, also for who is not signed in. */
export function ProblemPage() {
  const text = useText()
  const { problem = '' } = useNamed()
  const kind = kinds.get(problem)
  if (kind === undefined) return <NotFound />
  const title = text.server(kind.title)
  return (
    <Door title={title} documentTitle={title} width={560}>
      <Text>
        {text
          .server(kind.about)
          .split('`')
          .map((part, index) => (index % 2 === 0 ? part : <Code key={part}>{part}</Code>))}
      </Text>
      <Text size="sm" c="dimmed">
        {text.problems.status(kind.status)} <Code>/problems/{problem}</Code>
      </Text>
      <Anchor component={Link} to="/problems" size="sm">
        {text.problems.title}
      </Anchor>
    </Door>
  )
}

export function ProblemsPage() {
  const text = useText()
  return (
    <Door title={text.problems.title} documentTitle={text.problems.title} width={560}>
      <List size="sm" spacing="xs">
        {[...kinds].map(([type, { title }]) => (
          <List.Item key={type}>
            <Anchor component={Link} to={`/problems/${type}`} inherit underline="always">
              {text.server(title)}
            </Anchor>{' '}
            <Code>{type}</Code>
          </List.Item>
        ))}
      </List>
    </Door>
  )
}
