import { Text } from '@mantine/core'
import type { DryRunResult } from '../../contract/trial.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'

/** Whether an event would fire what is typed, and why not. */
export function Verdict({ result: { verdict, reason } }: { readonly result: DryRunResult }) {
  const text = useText()
  return (
    <>
      <StatusMark
        {...(verdict === 'fired' ? { meaning: 'good' as const } : { meaning: 'idle' as const, shape: 'bar' as const })}
        label={verdict === 'fired' ? text.automations.would : text.automations.wouldNot}
      />
      {reason !== null && <Text size="sm">{text.server(reason)}</Text>}
    </>
  )
}
