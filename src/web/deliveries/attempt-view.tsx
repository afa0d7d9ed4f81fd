import { Paper, Stack, Tabs, Text, Title } from '@mantine/core'
import type { Attempt } from '../../contract/delivery.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { CopyCode } from '../parts/copy-code.tsx'
import { Moment } from '../parts/moment.tsx'
import { PhaseBar } from '../parts/phase-bar.tsx'
import { Explained } from '../parts/explained.tsx'
import { spellOutcome } from '../parts/spell-outcome.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { spellCurl } from './spell-curl.ts'

/** One request and what came of it. */
export function AttemptView({
  attempt,
  url,
  payload,
}: {
  readonly attempt: Attempt
  /** Where it went, as far as the reader may see that. */
  readonly url: string | undefined
  readonly payload: string | null
}) {
  const text = useText()
  const { number, at, outcome, detail, explanation, phases_ms, request_headers, response } = attempt
  const name = text.delivery.attempt(number)
  return (
    <Paper withBorder p="md" component="section" aria-label={name}>
      <Stack gap="sm">
        <Title order={3} fz="sm">
          {name} · <Moment at={at} />
        </Title>
        <StatusMark meaning={outcome === 'succeeded' ? 'good' : 'bad'} label={spellOutcome(attempt, text)} />
        {explanation !== null ? (
          <Explained explanation={explanation} />
        ) : (
          detail !== null && <Text size="sm">{text.server(detail)}</Text>
        )}
        {phases_ms !== null && <PhaseBar phases={phases_ms} />}
        {request_headers !== null && (
          <Tabs defaultValue={response === null ? 'request' : 'response'}>
            <Tabs.List>
              {response !== null && <Tabs.Tab value="response">{text.delivery.response}</Tabs.Tab>}
              <Tabs.Tab value="request">{text.delivery.request}</Tabs.Tab>
              {url !== undefined && payload !== null && <Tabs.Tab value="curl">{text.delivery.asCurl}</Tabs.Tab>}
            </Tabs.List>
            {response !== null && (
              <Tabs.Panel value="response" pt="sm">
                <Stack gap="xs">
                  <CodeBlock label={text.delivery.responseHeaders} code={spellHeaders(response.headers)} />
                  <CodeBlock label={text.delivery.response} code={response.body ?? ''} />
                  <Text size="xs" c="dimmed">
                    {text.delivery.bytes(response.bytes ?? 0)}
                  </Text>
                </Stack>
              </Tabs.Panel>
            )}
            <Tabs.Panel value="request" pt="sm">
              <CodeBlock label={text.delivery.request} code={spellHeaders(request_headers)} />
            </Tabs.Panel>
            {url !== undefined && payload !== null && (
              <Tabs.Panel value="curl" pt="sm">
                <Stack gap="xs">
                  <Text size="sm">{text.delivery.asCurlNote}</Text>
                  <CopyCode
                    label={text.delivery.asCurl}
                    code={spellCurl({ url, headers: request_headers, body: payload })}
                  />
                </Stack>
              </Tabs.Panel>
            )}
          </Tabs>
        )}
      </Stack>
    </Paper>
  )
}

function spellHeaders(headers: readonly (readonly [string, string])[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n')
}
