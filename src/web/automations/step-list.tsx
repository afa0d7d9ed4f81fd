import { Button, Group } from '@mantine/core'
import { useText } from '../parts/use-text.ts'

export const stepNames = ['event', 'action', 'details'] as const
export type StepName = (typeof stepNames)[number]

export function StepList({ step, onGo }: { readonly step: StepName; readonly onGo: (step: StepName) => void }) {
  const text = useText()
  return (
    <Group component="nav" gap="xs" aria-label={text.wizard.stepsLabel}>
      {stepNames.map((name, index) => (
        <Button
          key={name}
          variant={name === step ? 'filled' : 'default'}
          size="compact-md"
          onClick={() => onGo(name)}
          {...(name === step ? { 'aria-current': 'step' as const } : {})}
        >
          {index + 1}. {text.wizard.steps[name]}
        </Button>
      ))}
    </Group>
  )
}
