import { List, Stack, Tabs, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { WebhookTest } from '../../contract/webhook-test.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { PhaseBar } from '../parts/phase-bar.tsx'
import { Explained } from '../parts/explained.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { spellMs } from '../parts/spell-time.ts'
import { SignatureHeaders, spellHeaders } from '../parts/signature-headers.tsx'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { ShellScript, type ScriptSource } from './shell-script.tsx'

/** The verdict, announced once, and under it all there is to see. */
export function TestResult({
  test,
  isPending,
  script,
}: {
  readonly test: WebhookTest | undefined
  readonly isPending: boolean
  readonly script: ScriptSource
}) {
  const text = useText()
  const shown = isPending ? undefined : test
  return (
    <Stack gap="sm" mt="md" component="section" aria-label={text.webhooks.result}>
      {test !== undefined && <Title order={3}>{text.webhooks.result}</Title>}
      <div role="status">
        {isPending && <Text size="sm">{text.webhooks.sending}</Text>}
        {shown !== undefined && <Verdict test={shown} />}
      </div>
      {shown !== undefined && (
        <>
          <PhaseBar phases={shown.phases_ms} />
          <Lines lines={shown.notes.map(text.server)} />
          {shown.warnings.length > 0 && (
            <Lines
              title={text.webhooks.payloadWarnings}
              lines={shown.warnings.map(({ detail }) => text.server(detail))}
            />
          )}
          <Details test={shown} script={script} />
        </>
      )}
    </Stack>
  )
}

function Verdict({ test: { ok, outcome, phases_ms, response, explanation } }: { readonly test: WebhookTest }) {
  const text = useText()
  const took = Object.values(phases_ms).reduce((sum, ms) => sum + ms, 0)
  return (
    <Stack gap={4}>
      <StatusMark
        meaning={ok ? 'good' : 'bad'}
        label={text.webhooks.verdict(
          spellOutcome({ outcome, status: response?.status ?? null, explanation }, text),
          spellMs(took, text),
        )}
      />
      {explanation === null ? <Text size="sm">{text.webhooks.taken}</Text> : <Explained explanation={explanation} />}
      {response?.headers.some(([name, value]) => name === 'signalbox-signature' && value === 'verified') === true && (
        <StatusMark meaning="good" label={text.receiver.verifiedByIt} />
      )}
    </Stack>
  )
}

function Lines({ title, lines }: { readonly title?: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div>
      {title !== undefined && (
        <Text size="sm" fw={500}>
          {title}
        </Text>
      )}
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  )
}

function Details({ test, script }: { readonly test: WebhookTest; readonly script: ScriptSource }) {
  const text = useText()
  const { method, url, headers, body } = test.request
  const tabs: readonly (readonly [value: string, label: string, panel: ReactNode])[] = [
    ['response', text.webhooks.response, <Response key="response" response={test.response} />],
    [
      'request',
      text.webhooks.request,
      <Stack gap="xs" key="request">
        <CodeBlock label={text.webhooks.requestHead} code={`${method} ${url}\n${spellHeaders(headers)}`} />
        <CodeBlock label={text.webhooks.requestBody} code={body} />
      </Stack>,
    ],
    ['signature', text.webhooks.signature, <SignatureHeaders key="signature" headers={headers} />],
    ['script', text.webhooks.script, <ShellScript key="script" source={script} />],
  ]
  return (
    <Tabs defaultValue="response" keepMounted={false}>
      <Tabs.List>
        {tabs.map(([value, label]) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(([value, , panel]) => (
        <Tabs.Panel key={value} value={value} pt="sm">
          {panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

function Response({ response }: { readonly response: WebhookTest['response'] }) {
  const text = useText()
  if (response === null) return <Text size="sm">{text.webhooks.noResponse}</Text>
  const { status, headers, body, encoding, bytes, truncated } = response
  return (
    <Stack gap="xs">
      <CodeBlock label={text.webhooks.responseHead} code={`${status}\n${spellHeaders(headers)}`} />
      {body !== null && body !== '' && <CodeBlock label={text.webhooks.responseBody} code={body} />}
      <Text size="xs" c="dimmed">
        {text.delivery.bytes(bytes)} {encoding === 'base64' && text.webhooks.binary}{' '}
        {truncated && text.webhooks.truncated}
      </Text>
    </Stack>
  )
}
