import { Button, Group, Text } from '@mantine/core'
import type { Mistake } from '../../contract/problem.ts'
import { useText } from '../parts/use-text.ts'
import { fixMistake, suggestionIn } from './fix-mistake.ts'

/** What is wrong with a payload, each with its cure where the server has one; then what may not do what was meant. */
export function MistakeList({
  template,
  mistakes,
  remarks,
  onFix,
}: {
  readonly template: string
  readonly mistakes: readonly Mistake[]
  readonly remarks: readonly Mistake[]
  readonly onFix: (template: string) => void
}) {
  const text = useText()
  return (
    <div>
      <Text size="sm" c="dimmed" role="status">
        {mistakes.length === 0 ? text.wizard.noMistakes : text.wizard.mistakes(mistakes.length)}{' '}
        {remarks.length > 0 && text.wizard.remarks(remarks.length)}
      </Text>
      {[
        ...mistakes.map((mistake) => ({ mistake, isWrong: true })),
        ...remarks.map((mistake) => ({ mistake, isWrong: false })),
      ].map(({ mistake, isWrong }) => {
        const { line, column, detail } = mistake
        const fixed = fixMistake(template, mistake)
        return (
          <Group key={`${line} ${column} ${detail}`} gap="xs">
            <Text size="sm" {...(isWrong ? { c: 'error' } : {})}>
              {isWrong ? '' : `${text.wizard.remark} `}
              {line === undefined ? '' : `${text.wizard.at(line, column ?? 1)} `}
              {text.server(detail)}
            </Text>
            {fixed !== undefined && (
              <Button variant="default" size="compact-xs" onClick={() => onFix(fixed)}>
                {text.wizard.useInstead(suggestionIn(mistake) ?? '')}
              </Button>
            )}
          </Group>
        )
      })}
    </div>
  )
}
