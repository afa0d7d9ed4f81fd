import * as z from 'zod'
import { Problem, type Mistake } from '../../contract/problem.ts'
import { findSimilar } from '../base/find-similar.ts'
import { limits } from '../base/limits.ts'

/** Where a part of the request stands in pointers; the body is the root. */
const places: Readonly<Record<string, readonly string[]>> = {
  params: ['path'],
  querystring: ['query'],
  headers: ['header'],
}

/** Checks one part of a request against its zod shape, and lists every mistake at once. */
export function compileValidator({ schema, httpPart }: { schema: z.ZodType; httpPart?: string | undefined }) {
  const place = places[httpPart ?? ''] ?? []
  return (data: unknown): { value: unknown } | { error: Error } => {
    const parsed = schema.safeParse(data)
    if (parsed.success) return { value: parsed.data }
    if (data === undefined || data === null)
      return { error: invalid([{ pointer: '#', detail: 'There is no body, and it takes a JSON object.' }]) }
    return { error: invalid(parsed.error.issues.flatMap((issue) => mistakesOf(issue, schema, place))) }
  }
}

/** A JSON pointer in fragment form; the root is `#`. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return ['#', ...path.map((step) => String(step).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')
}

function invalid(all: readonly Mistake[]): Problem {
  const detail =
    all.length === 1 ? 'There is one mistake in the request.' : `There are ${all.length} mistakes in the request.`
  return new Problem('request-invalid', detail, all.slice(0, limits.mistakesMax))
}

function mistakesOf(issue: z.core.$ZodIssue, schema: z.ZodType, place: readonly string[]): Mistake[] {
  const path = [...place, ...issue.path]
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerTo(path), detail: issue.message }]
  const known = membersAt(schema, issue.path)
  return issue.keys.map((key) => {
    const similar = findSimilar(key, known)
    return {
      pointer: pointerTo([...path, key]),
      detail: similar === undefined ? 'is not known here' : `is not known here; did you mean “${similar}”?`,
    }
  })
}

/** The members that the shape has at a path; none where it branches. */
function membersAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [step, ...rest] = path
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>
    if (step === undefined) return Object.keys(shape)
    const member = Object.hasOwn(shape, step) ? shape[String(step)] : undefined
    return member === undefined ? [] : membersAt(member, rest)
  }
  if (schema instanceof z.ZodArray) return step === undefined ? [] : membersAt(schema.element as z.ZodType, rest)
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return membersAt(schema.unwrap() as z.ZodType, path)
  return []
}
