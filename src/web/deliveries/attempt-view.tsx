import { Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import type { Attempt } from '../../contract/delivery.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { CopyCode } from '../parts/copy-code.tsx'
import { Explained } from '../parts/explained.tsx'
import { Moment } from '../parts/moment.tsx'
import { PhaseFigures } from '../parts/phase-bar.tsx'
import { SignatureHeaders, spellHeaders } from '../parts/signature-headers.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { StatusMark, type Mark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { spellCurl } from './spell-curl.ts'
import { attemptTabs, type AttemptTab } from './use-attempt.ts'

const marks: Readonly<Record<Attempt['outcome'], Mark>> = {
  succeeded: { meaning: 'good', shape: 'tick' },
  rejected: { meaning: 'bad', shape: 'cross' },
  unreachable: { meaning: 'bad', shape: 'cross' },
  refused: { meaning: 'bad', shape: 'shield' },
  interrupted: { meaning: 'bad', shape: 'cross' },
}

/** One request and what came of it. */
export function AttemptView({
  attempt,
  tab,
  url,
  payload,
  onTab,
}: {
  readonly attempt: Attempt
  readonly tab: AttemptTab
  /** Where it went, as far as the reader may see that. */
  readonly url: string | undefined
  readonly payload: string | null
  readonly onTab: (tab: AttemptTab) => void
}) {
  const text = useText()
  const { number, at, outcome, detail, explanation, phases_ms, request_headers } = attempt
  const name = text.delivery.attempt(number)
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack gap="sm">
        <Title order={3} fz="sm">
          {name} · <Moment at={at} />
        </Title>
        <StatusMark {...marks[outcome]} label={spellOutcome(attempt, text)} />
        {explanation !== null ? (
          <Explained explanation={explanation} />
        ) : (
          detail !== null && <Text size="sm">{text.server(detail)}</Text>
        )}
        {phases_ms !== null && <PhaseFigures phases={phases_ms} />}
        {request_headers !== null && (
          <Tabs
            value={tab}
            keepMounted={false}
            onChange={(next) => onTab(attemptTabs.find((one) => one === next) ?? 'response')}
          >
            <Tabs.List>
              {attemptTabs.map((value) => (
                <Tabs.Tab key={value} value={value}>
                  {text.delivery.tabs[value]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab} pt="sm">
              <Shown tab={tab} attempt={attempt} headers={request_headers} url={url} payload={payload} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Stack>
    </Paper>
  )
}

function Shown({
  tab,
  attempt: { response },
  headers,
  url,
  payload,
}: {
  readonly tab: AttemptTab
  readonly attempt: Attempt
  readonly headers: NonNullable<Attempt['request_headers']>
  readonly url: string | undefined
  readonly payload: string | null
}) {
  const text = useText()
  switch (tab) {
    case 'response':
      return <Answer response={response} />
    case 'request':
      return (
        <CodeBlock
          label={text.webhooks.requestHead}
          code={`${url === undefined ? '' : `POST ${url}\n`}${spellHeaders(headers)}`}
        />
      )
    case 'signature':
      return <SignatureHeaders headers={headers} />
    case 'curl':
      if (url === undefined || payload === null) return <Text size="sm">{text.delivery.noCurl}</Text>
      return (
        <Stack gap="xs">
          <Text size="sm">{text.delivery.asCurlNote}</Text>
          <CopyCode label={text.delivery.tabs.curl} code={spellCurl({ url, headers, body: payload })} />
        </Stack>
      )
  }
}

function Answer({ response }: { readonly response: Attempt['response'] }) {
  const text = useText()
  if (response === null) return <Text size="sm">{text.webhooks.noResponse}</Text>
  const { headers, body, encoding, bytes } = response
  return (
    <Stack gap="xs">
      <CodeBlock label={text.delivery.responseHeaders} code={spellHeaders(headers)} />
      {body !== null && body !== '' && <CodeBlock label={text.delivery.tabs.response} code={body} />}
      <Text size="xs" c="dimmed">
        {text.delivery.bytes(bytes ?? 0)} {encoding === 'base64' && text.webhooks.binary}
      </Text>
    </Stack>
  )
}
