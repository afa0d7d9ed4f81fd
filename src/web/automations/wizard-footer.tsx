import { Anchor, Button, Group, Text } from '@mantine/core'
import { useText } from '../parts/use-text.ts'
import type { Blocker } from './find-blocker.ts'

/** Back, why it does not go on with the way there, and on. */
export function WizardFooter({
  blocker,
  onMend,
  onBack,
  next,
  busy,
  onNext,
}: {
  readonly blocker: Blocker | undefined
  /** Left out where what has to be done stands in sight. */
  readonly onMend: (() => void) | undefined
  /** Left out in the first step. */
  readonly onBack: (() => void) | undefined
  readonly next: string
  readonly busy: boolean
  readonly onNext: () => void
}) {
  const text = useText()
  const told =
    blocker && (blocker.line === undefined ? text.wizard.blockers[blocker.what] : text.wizard.fixLine(blocker.line))
  return (
    <Group className="wizard-footer" gap="sm">
      {onBack !== undefined && (
        <Button variant="default" onClick={onBack}>
          {text.common.back}
        </Button>
      )}
      <Text size="sm" role="status" id="why-not-yet" className="why-not-yet">
        {told !== undefined &&
          (onMend === undefined ? (
            told
          ) : (
            <Anchor component="button" type="button" inherit mih={24} onClick={onMend}>
              {told}
            </Anchor>
          ))}
      </Text>
      <Button
        variant="default"
        className="to-preview"
        onClick={() => document.getElementById('trial')?.scrollIntoView({ block: 'start' })}
      >
        {text.wizard.toPreview}
      </Button>
      <Button
        disabled={blocker !== undefined}
        aria-describedby="why-not-yet"
        aria-keyshortcuts="Control+Enter"
        loading={busy}
        onClick={onNext}
      >
        {next}
      </Button>
    </Group>
  )
}
