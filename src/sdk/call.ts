import type * as z from 'zod'
import { ProblemDocument } from '../contract/problem.ts'
import { ServerUnreachable, SignalboxProblem } from './problem-error.ts'

export interface ConnectOptions {
  readonly url: string
  readonly apiKey?: string | undefined
  readonly fetch?: typeof fetch
}

/** Makes one request and gives its answer in the shape promised. Throws SignalboxProblem and ServerUnreachable. */
export type Call = <Shape extends z.ZodType>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  shape: Shape,
  given?: { readonly body?: unknown; readonly query?: Query | undefined },
) => Promise<z.infer<Shape>>

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export function makeCall({ url, apiKey, fetch: send = fetch }: ConnectOptions): Call {
  const base = `${url.replace(/\/+$/, '')}/api/v1`
  return async (method, path, shape, { body, query } = {}) => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await send(`${base}${path}${queryOf(query)}`, request).catch((error: unknown) => {
      throw new ServerUnreachable(`nothing answers at ${url}`, { cause: error })
    })
    const text = await response.text()
    if (response.status === 204) return shape.parse(null)
    const answer = parseJson(text)
    if (response.ok) return shape.parse(answer)
    const problem = ProblemDocument.safeParse(answer)
    if (problem.success) throw new SignalboxProblem(problem.data)
    throw new ServerUnreachable(`what answers at ${url} is no Signalbox (status ${response.status})`)
  }
}

/** A name or id as one piece of a path: `vision/mnist` stays one. */
export function piece(ref: string): string {
  return encodeURIComponent(ref)
}

function queryOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
