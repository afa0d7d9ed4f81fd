import { Button, Drawer, Group, NativeSelect, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { recordedEventTypes, type EventType } from '../../contract/event-types.ts'
import { presetsFor } from '../../contract/presets.ts'
import type { TestPayload, WebhookTest } from '../../contract/webhook-test.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { EventSelect } from './event-select.tsx'
import type { ScriptSource } from './shell-script.tsx'
import { TestResult } from './test-result.tsx'

const sources = ['sample', 'event', 'empty'] as const
type Source = (typeof sources)[number]

const own = ''

/** One real request to a webhook, stored or as a form has it, and what came of it. */
export function TestPanel({
  name,
  url,
  script,
  send,
  onClose,
}: {
  readonly name: string
  readonly url: string
  /** Of what is tested. */
  readonly script: ScriptSource
  readonly send: (payload: TestPayload | undefined) => Promise<WebhookTest>
  readonly onClose: () => void
}) {
  const text = useText()
  const [source, setSource] = useState<Source>('sample')
  const [sample, setSample] = useState<EventType>('ADD_ARTIFACT_ALIAS')
  const [place, setPlace] = useState('')
  const [event, setEvent] = useState('')
  const [preset, setPreset] = useState('generic')
  const [typed, setTyped] = useState('')
  const presets = presetsFor(sample)
  const template = preset === own ? typed : (presets.find((one) => one.name === preset)?.template ?? typed)
  const test = useMutation({ mutationFn: () => send(payloadOf({ source, sample, event, template })) })
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={text.webhooks.testTitle(name)}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault()
          submitted.stopPropagation()
          test.mutate()
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {text.webhooks.testNote}
          </Text>
          <Radio.Group
            label={text.webhooks.source}
            value={source}
            onChange={(value) => setSource(sources.find((one) => one === value) ?? source)}
          >
            <Group gap="md" mt={4}>
              {sources.map((value) => (
                <Radio key={value} value={value} label={text.webhooks.sources[value]} />
              ))}
            </Group>
          </Radio.Group>
          {source === 'event' && <EventSelect place={place} value={event} onPlace={setPlace} onChange={setEvent} />}
          {source === 'sample' && (
            <NativeSelect
              label={text.webhooks.sample}
              value={sample}
              data={recordedEventTypes.map((type) => ({ value: type, label: text.eventTitle(type) }))}
              onChange={({ currentTarget: { value } }) =>
                setSample(recordedEventTypes.find((type) => type === value) ?? sample)
              }
            />
          )}
          {source !== 'empty' && (
            <>
              <NativeSelect
                label={text.webhooks.template}
                value={preset}
                data={[
                  { value: own, label: text.webhooks.ownTemplate },
                  ...presets.map((one) => ({ value: one.name, label: text.server(one.title) })),
                ]}
                onChange={({ currentTarget }) => {
                  setTyped(template)
                  setPreset(currentTarget.value)
                }}
              />
              <Textarea
                label={text.webhooks.testPayload}
                description={text.webhooks.testHelp}
                value={template}
                rows={10}
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
                onChange={({ currentTarget }) => {
                  setTyped(currentTarget.value)
                  setPreset(own)
                }}
                onKeyDown={(pressed) => {
                  if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey) && !test.isPending) test.mutate()
                }}
              />
            </>
          )}
          <Group justify="space-between">
            <Text size="sm" c="dimmed" flex={1} miw={180} style={{ overflowWrap: 'anywhere' }}>
              {text.webhooks.sendsTo(url)}
            </Text>
            <Button type="submit" loading={test.isPending} disabled={source === 'event' && event === ''}>
              {test.data === undefined ? text.webhooks.send : text.webhooks.retest}
            </Button>
          </Group>
        </Stack>
      </form>
      {test.isError && (
        <div style={{ marginTop: 16 }}>
          <ProblemAlert error={test.error} />
        </div>
      )}
      <TestResult test={test.data} isPending={test.isPending} script={script} />
    </Drawer>
  )
}

/** Undefined: `{}` is sent. */
function payloadOf({
  source,
  sample,
  event,
  template,
}: {
  readonly source: Source
  readonly sample: EventType
  readonly event: string
  readonly template: string
}): TestPayload | undefined {
  if (source === 'empty' || template.trim() === '') return undefined
  return source === 'event' ? { template, event } : { template, sample }
}
