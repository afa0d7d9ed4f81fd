import { Code, CopyButton, Group, Skeleton, Stack, Table, Text, Title, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Event, EventSurroundings } from '../../contract/event.ts'
import { client } from '../api/client.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { spellEvent, spellSubject } from '../parts/event-sentence.ts'
import { Moment } from '../parts/moment.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'

/** What payloads would say of an event, the event itself as JSON, and what else happened there. */
export function EventData({ event }: { readonly event: Event }) {
  const text = useText()
  const around = useQuery({
    queryKey: ['surroundings', event.id],
    queryFn: () => client.events.surroundings(event.id),
  })
  return (
    <>
      <Stack gap="xs" component="section" aria-labelledby="data">
        <Title order={2} id="data">
          {text.events.data}
        </Title>
        {around.isError && <ProblemAlert error={around.error} onRetry={() => void around.refetch()} />}
        {around.isPending && <Skeleton height={180} aria-label={text.common.loading} />}
        {around.isSuccess && <Variables variables={around.data.variables} />}
        <CodeBlock label={text.events.facts} code={JSON.stringify({ facts: event.facts, places: event.places })} />
      </Stack>
      {around.isSuccess && <WhatElse event={event} {...around.data} />}
    </>
  )
}

function Variables({ variables }: Pick<EventSurroundings, 'variables'>) {
  const text = useText()
  return (
    <Table className="variables" verticalSpacing={4} aria-label={text.events.variables}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{text.events.variable}</Table.Th>
          <Table.Th scope="col">{text.events.value}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {variables.map(({ name, value }) => (
          <Table.Tr key={name}>
            <Table.Td>
              <Group gap={6} wrap="nowrap">
                <Code>{`\${${name}}`}</Code>
                <CopyButton value={`\${${name}}`}>
                  {({ copied, copy }) => (
                    <UnstyledButton className="copy" aria-label={text.delivery.copyOf(`\${${name}}`)} onClick={copy}>
                      <span aria-live="polite">{copied ? text.common.copied : text.common.copy}</span>
                    </UnstyledButton>
                  )}
                </CopyButton>
              </Group>
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              {value === null ? (
                <Text span size="sm" c="dimmed">
                  {text.events.blank}
                </Text>
              ) : (
                <Code>{typeof value === 'string' ? value : JSON.stringify(value)}</Code>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** The event among its neighbors, newest first. */
function WhatElse({ event, before, after }: { readonly event: Event } & EventSurroundings) {
  const text = useText()
  const all = [...after.toReversed(), event, ...before]
  return (
    <Stack gap="xs" component="section" aria-labelledby="what-else">
      <Title order={2} id="what-else">
        {text.events.whatElse}
      </Title>
      {all.length === 1 ? (
        <Text c="dimmed">{text.events.nothingElse}</Text>
      ) : (
        <Stack component="ol" gap={6} className="attempts">
          {all.map((one) => (
            <Group component="li" key={one.id} gap="sm" aria-current={one.id === event.id}>
              {one.id === event.id ? (
                <Text span fw={600} size="sm">
                  {spellEvent(one, text.eventTitle)}
                </Text>
              ) : (
                <PageLink to={`/events/${one.id}`}>{spellEvent(one, text.eventTitle)}</PageLink>
              )}
              <Text span size="sm" c="dimmed">
                {one.places[0]?.collection_name === null ? '' : `${spellSubject(one)} · `}
                {one.author === null ? '' : `${one.author} · `}
                <Moment at={one.at} />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </Stack>
  )
}
