import * as z from 'zod'

export const filterOperators = {
  logical: ['$and', '$or', '$nor', '$not'],
  field: [
    '$eq',
    '$ne',
    '$gt',
    '$gte',
    '$lt',
    '$lte',
    '$in',
    '$nin',
    '$exists',
    '$regex',
    '$contains',
    '$size',
    '$all',
    '$not',
  ],
} as const

/**
 * A filter on the wire. Only that it is an object is checked here: the rest is checked against the fields of the event
 * type, and every mistake is answered with its pointer. `{}` lets every event pass. The value passes as it is, since a
 * record would drop a field called `__proto__`, and so widen the filter.
 */
export const FilterJson = z
  .unknown()
  .refine((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'A filter is a JSON object.')
  .meta({
    type: 'object',
    additionalProperties: true,
    description:
      'A condition on the event in MongoDB style, for example {"name": "evaluation.finished", "data.loss.final": {"$lt": 0.3}}. ' +
      `Around fields: ${filterOperators.logical.join(', ')}. Inside a field: ${filterOperators.field.join(', ')}; ` +
      'a bare value means $eq. $regex is RE2, finds the text anywhere, and is case-sensitive. {} lets every event pass.',
  })
export type FilterJson = z.infer<typeof FilterJson>
