import { skipToken, useQuery } from '@tanstack/react-query'
import type { TestPayload, WebhookTest } from '../../contract/webhook-test.ts'
import { client, queries } from '../api/client.ts'

interface LastTest {
  readonly at: string
  readonly test: WebhookTest
}

const keyOf = (id: string) => ['webhook-test', id] as const

/** The server keeps nothing of a test; this window remembers the last one. */
export async function testWebhook(id: string, payload: TestPayload | undefined): Promise<WebhookTest> {
  const test = await client.webhooks.test(id, { payload })
  queries.setQueryData<LastTest>(keyOf(id), { at: new Date().toISOString(), test })
  return test
}

export function useLastTest(id: string): LastTest | undefined {
  return useQuery<LastTest>({ queryKey: keyOf(id), queryFn: skipToken, gcTime: Infinity }).data
}
