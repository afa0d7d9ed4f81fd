/** One condition as a row of fields: `metadata.accuracy` `$gte` `0.9`. */
export interface Condition {
  readonly field: string
  readonly operator: Operator
  /** As it is typed: JSON where it is some, else a text. */
  readonly value: string
}

export const operators = ['$eq', '$ne', '$gte', '$gt', '$lte', '$lt', '$in', '$exists', '$regex'] as const
export type Operator = (typeof operators)[number]

const isOperator = (name: string): name is Operator => operators.some((operator) => operator === name)
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined where rows cannot say it: several operators on a field, `$and`, `$or`, or no JSON. */
export function readConditions(json: string): readonly Condition[] | undefined {
  let filter: unknown
  try {
    filter = JSON.parse(json.trim() === '' ? '{}' : json)
  } catch {
    return undefined
  }
  if (!isObject(filter)) return undefined
  const rows = Object.entries(filter).map(([field, condition]): Condition | undefined => {
    if (field.startsWith('$')) return undefined
    if (!isObject(condition)) return { field, operator: '$eq', value: writeValue(condition) }
    const [[operator, value] = [], ...others] = Object.entries(condition)
    return operator !== undefined && isOperator(operator) && others.length === 0
      ? { field, operator, value: writeValue(value) }
      : undefined
  })
  return rows.every((row) => row !== undefined) ? rows : undefined
}

/** The last of two rows on one field wins, as in JSON; the rows say so by being read again. */
export function writeConditions(rows: readonly Condition[]): string {
  const entries = rows.map(({ field, operator, value }) => [
    field,
    operator === '$eq' ? readValue(value) : { [operator]: readValue(value) },
  ])
  return JSON.stringify(Object.fromEntries(entries), null, 2)
}

/** What a value counts as. */
export function typeOf(text: string) {
  const value = readValue(text)
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return value === null ? 'nothing' : typeof value === 'string' ? 'text' : 'object'
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function writeValue(value: unknown): string {
  return typeof value === 'string' && typeof readValue(value) === 'string' ? value : JSON.stringify(value)
}
