import { Anchor, Button, Group, Text } from '@mantine/core'
import type { Mistake } from '../../contract/problem.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { fixMistake, suggestionIn } from './fix-mistake.ts'
import type { EditorHandle } from './plain-editor.tsx'

/** What is wrong with a payload, each with its cure where the server has one; then what may not do what was meant; and its size. */
export function MistakeList({
  template,
  mistakes,
  remarks,
  bytesMax,
  onFix,
  onGo,
}: {
  readonly template: string
  readonly mistakes: readonly Mistake[]
  readonly remarks: readonly Mistake[]
  readonly bytesMax: number
  readonly onFix: (template: string) => void
  readonly onGo: EditorHandle['goTo']
}) {
  const text = useText()
  const bytes = new TextEncoder().encode(template).length
  const said = mistakes.length === 0 ? text.wizard.noMistakes : text.wizard.mistakes(mistakes.length)
  return (
    <div>
      <Group justify="space-between">
        <Text size="sm" component="div" role="status">
          <StatusMark meaning={mistakes.length === 0 ? 'good' : 'bad'} label={said} />{' '}
          {remarks.length > 0 && <StatusMark meaning="warn" label={text.wizard.remarks(remarks.length)} />}
        </Text>
        <Text size="xs" c={bytes > bytesMax * nearlyFull ? 'error' : 'dimmed'}>
          {text.editing.sizeOf(bytes, Math.round(bytesMax / 1024))}
        </Text>
      </Group>
      {[
        ...mistakes.map((mistake) => ({ mistake, isWrong: true })),
        ...remarks.map((mistake) => ({ mistake, isWrong: false })),
      ].map(({ mistake, isWrong }) => {
        const { line, column, detail } = mistake
        const fixed = fixMistake(template, mistake)
        return (
          <Group key={`${line} ${column} ${detail}`} gap="xs">
            <Text size="sm" component="div" {...(isWrong ? { c: 'error' } : {})}>
              {isWrong ? '' : `${text.wizard.remark} `}
              {line !== undefined && (
                <>
                  <Anchor component="button" type="button" inherit mih={24} onClick={() => onGo({ line, column })}>
                    {text.wizard.at(line, column ?? 1)}
                  </Anchor>{' '}
                </>
              )}
              {text.server(detail)}
            </Text>
            {fixed !== undefined && (
              <Button variant="default" size="compact-sm" onClick={() => onFix(fixed)}>
                {text.wizard.useInstead(suggestionIn(mistake) ?? '')}
              </Button>
            )}
          </Group>
        )
      })}
    </div>
  )
}

const nearlyFull = 0.8
