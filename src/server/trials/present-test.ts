import type { Mistake } from '../../contract/problem.ts'
import type { WebhookTest } from '../../contract/webhook-test.ts'
import { presentBytes } from '../deliveries/present-bytes.ts'
import type { SendResult } from '../outbound/outbound-request.ts'
import { explainFailure } from '../outbound/explain-failure.ts'

/** `request` and everything in the result are masked already. */
export function presentTest(
  request: { readonly url: string; readonly body: string },
  { outcome, phasesMs, requestHeaders, answer }: SendResult,
  { notes, warnings }: { readonly notes: readonly string[]; readonly warnings: readonly Mistake[] },
): WebhookTest {
  const { dns, connect, tls, firstByte, body } = phasesMs
  return {
    ok: outcome.kind === 'succeeded',
    outcome: outcome.kind,
    request: { method: 'POST', ...request, headers: requestHeaders.map(([name, value]) => [name, value]) },
    phases_ms: { dns, connect, tls, first_byte: firstByte, body },
    response:
      answer === undefined
        ? null
        : {
            status: answer.status,
            headers: answer.headers.map(([name, value]) => [name, value]),
            ...presentBytes(answer.body),
            bytes: answer.bodyBytes,
            truncated: answer.truncated,
          },
    explanation: explainFailure(outcome) ?? null,
    notes: [...notes],
    warnings: [...warnings],
  }
}
