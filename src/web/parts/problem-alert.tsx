import { Alert, Anchor, Button, List, Text } from '@mantine/core'
import { SignalboxProblem } from '../../sdk/problem-error.ts'
import { useText } from './use-text.ts'

/** A refusal, in the place of what was asked for: what is wrong, where, and what to do. */
export function ProblemAlert({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const text = useText()
  const problem = error instanceof SignalboxProblem ? error : undefined
  const title = problem?.title ?? (error instanceof Error ? error.name : text.common.notFoundTitle)
  const detail = problem?.detail ?? (error instanceof Error ? error.message : '')
  return (
    <Alert color="bad" title={text.server(title)} role="alert">
      <Text size="sm">{text.server(detail)}</Text>
      {problem !== undefined && problem.mistakes.length > 0 && (
        <List size="sm" mt="xs">
          {problem.mistakes.map(({ pointer, line, column, detail: mistake }) => (
            <List.Item key={`${pointer} ${line} ${column} ${mistake}`}>
              {[pointer, line === undefined ? undefined : text.wizard.at(line, column ?? 1)]
                .filter((part) => part !== undefined && part !== '#')
                .join(', ')}{' '}
              {text.server(mistake)}
            </List.Item>
          ))}
        </List>
      )}
      {problem !== undefined && (
        <Anchor href={problem.type} size="sm" underline="always" display="block" mt="xs">
          {problem.type}
        </Anchor>
      )}
      {onRetry !== undefined && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {text.common.tryAgain}
        </Button>
      )}
    </Alert>
  )
}
