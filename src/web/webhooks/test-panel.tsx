import { Button, Drawer, Group, NativeSelect, Radio, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Event } from '../../contract/event.ts'
import { recordedEventTypes, type EventType } from '../../contract/event-types.ts'
import { presetsFor } from '../../contract/presets.ts'
import type { TestPayload, WebhookTest } from '../../contract/webhook-test.ts'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { PayloadEditor } from '../payload/payload-editor.tsx'
import type { EditorHandle } from '../payload/plain-editor.tsx'
import { EventSelect } from './event-select.tsx'
import type { ScriptSource } from './shell-script.tsx'
import { TestResult } from './test-result.tsx'

const sources = ['sample', 'event', 'empty'] as const
type Source = (typeof sources)[number]

const own = ''
// What is wrong with it is told with the result.
const none = [] as const
const noValues = {}

interface StartOfTest {
  readonly template: string
  readonly sample: EventType
  /** Left out for an example. */
  readonly event: Event | undefined
}

/** One real request to a webhook, stored or as a form has it, and what came of it. */
export function TestPanel({
  name,
  url,
  secrets,
  script,
  start,
  send,
  onClose,
}: {
  readonly name: string
  readonly url: string
  /** Names that the payload may hold. */
  readonly secrets: readonly string[]
  /** Of what is tested. */
  readonly script: ScriptSource
  /** What it begins with; without it, a preset. */
  readonly start?: StartOfTest
  readonly send: (payload: TestPayload | undefined) => Promise<WebhookTest>
  readonly onClose: () => void
}) {
  const text = useText()
  const editor = useRef<EditorHandle>(null)
  const memory = useRef<unknown>(undefined)
  const [source, setSource] = useState<Source>(start?.event === undefined ? 'sample' : 'event')
  const [sample, setSample] = useState<EventType>(start?.sample ?? 'ADD_ARTIFACT_ALIAS')
  const [place, setPlace] = useState(start?.event?.project ?? '')
  const [event, setEvent] = useState(start?.event?.id ?? '')
  const [preset, setPreset] = useState(start === undefined ? 'generic' : own)
  const [typed, setTyped] = useState(start?.template ?? '')
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
        onKeyDown={(pressed) => {
          if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey) && !test.isPending) test.mutate()
        }}
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
              <PayloadEditor
                value={template}
                mistakes={none}
                remarks={none}
                eventType={sample}
                secrets={secrets}
                values={noValues}
                handle={editor}
                memory={memory}
                onChange={(changed) => {
                  setTyped(changed)
                  setPreset(own)
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
