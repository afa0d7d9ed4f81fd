import { NumberInput, SimpleGrid, Switch } from '@mantine/core'
import { webhookLimits } from '../../contract/webhook.ts'
import { useText } from '../parts/use-text.ts'
import { Fields } from './fields.tsx'
import type { FieldsProps } from './webhook-form.tsx'

export function LimitFields({ draft, onChange, mistakeAt }: FieldsProps) {
  const text = useText()
  return (
    <Fields legend={text.webhooks.limits}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <NumberInput
          label={text.webhooks.timeout}
          description={text.webhooks.timeoutHelp}
          value={draft.timeoutSeconds}
          min={webhookLimits.timeoutMsMin / 1000}
          max={webhookLimits.timeoutMsMax / 1000}
          decimalScale={3}
          hideControls
          error={mistakeAt('timeout_ms')}
          onChange={(timeoutSeconds) => onChange({ timeoutSeconds })}
        />
        <NumberInput
          label={text.webhooks.concurrency}
          value={draft.concurrency}
          min={1}
          max={webhookLimits.concurrencyMax}
          allowDecimal={false}
          hideControls
          error={mistakeAt('concurrency_max')}
          onChange={(concurrency) => onChange({ concurrency })}
        />
        <NumberInput
          label={text.webhooks.rate}
          description={text.webhooks.rateHelp}
          value={draft.rate}
          min={0}
          max={webhookLimits.ratePerSecondMax}
          hideControls
          error={mistakeAt('rate_per_second')}
          onChange={(rate) => onChange({ rate })}
        />
      </SimpleGrid>
      <Switch
        label={text.webhooks.inOrder}
        description={text.webhooks.inOrderHelp}
        checked={draft.inOrder}
        error={mistakeAt('in_order')}
        onChange={({ currentTarget }) => onChange({ inOrder: currentTarget.checked })}
      />
    </Fields>
  )
}
