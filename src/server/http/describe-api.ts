import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import * as z from 'zod'
import { ProblemDocument } from '../../contract/problem.ts'
import { limits } from '../base/limits.ts'
import { unkeptAnswers } from './unkept-answers.ts'

/** The head of the OpenAPI document; the paths come from the routes' schemas. */
export function describeApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Signalbox',
      version,
      description: 'Webhook automations for machine-learning teams. Refusals are RFC 9457 problems; see /problems.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: { securitySchemes: { apiKey: { type: 'http' as const, scheme: 'bearer' } } },
    security: [{ apiKey: [] }],
  }
}

/** What the routes' schemas leave unsaid: every operation may be refused, and a 204 has no body. */
export const describeAnswers: NonNullable<FastifyDynamicSwaggerOptions['transformObject']> = (documents) => {
  if (!('openapiObject' in documents)) throw new Error('the document is OpenAPI 3')
  const described = structuredClone(documents.openapiObject)
  for (const path of Object.values(described.paths ?? {}))
    for (const [method, operation] of Object.entries(path ?? {}) as [string, Operation][]) {
      if (method === 'post' && operation.security === undefined && !unkeptAnswers.has(operation.operationId))
        operation.parameters = [...(operation.parameters ?? []), idempotencyKey]
      for (const [status, answer] of Object.entries(operation.responses)) {
        answer.description = statuses[status] ?? 'Done.'
        if (status === '204') delete answer.content
      }
      operation.responses['default'] = { $ref: '#/components/responses/Problem' }
    }
  const { $schema: _, ...schema } = z.toJSONSchema(ProblemDocument)
  const problem = {
    description: 'Refused, or failed: a problem as of RFC 9457. `type` says which; see /problems.',
    content: { 'application/problem+json': { schema } },
  }
  return { ...described, components: { ...described.components, responses: { Problem: problem } } } as typeof described
}

const statuses: Readonly<Record<string, string>> = { 201: 'Made.', 204: 'Done; the answer has no body.' }

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: limits.idempotencyKeyCharsMax },
  description:
    'Names this request for a day: a repeat under the same key gets the same answer, marked `Idempotency-Replayed`, and does nothing.',
}

interface Operation {
  readonly operationId: string
  readonly security?: unknown
  parameters?: unknown[]
  readonly responses: Record<string, { description?: string; content?: unknown; $ref?: string }>
}
