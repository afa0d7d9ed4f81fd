import type * as z from 'zod'
import { ProblemDocument } from '../contract/problem.ts'
import { ServerUnreachable, SignalboxProblem, UnexpectedAnswer } from './problem-error.ts'

export interface ConnectOptions {
  readonly url: string
  readonly apiKey?: string | undefined
  readonly fetch?: typeof fetch
  /** How long one answer may take; a minute when left out. */
  readonly timeoutMs?: number
  /** How a stream waits before it connects again; a test need not. */
  readonly wait?: Wait
}

/** Resolves after so many milliseconds, or when the signal is aborted. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

/** Makes one request and gives its answer in the shape promised. */
export type Call = <Shape extends z.ZodType>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  shape: Shape,
  given?: { readonly body?: unknown; readonly query?: Query | undefined },
) => Promise<z.infer<Shape>>

/** Begins an answer that has no end, and gives it once it is known to be one. */
export type Open = (
  path: string,
  given: { readonly query: Query; readonly accept: string; readonly signal: AbortSignal },
) => Promise<Response>

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** Calls throw SignalboxProblem, ServerUnreachable and UnexpectedAnswer. */
export function makeCall({ url, apiKey, fetch: send = fetch, timeoutMs = 60_000 }: ConnectOptions): Call {
  const base = `${url.replace(/\/+$/, '')}/api/v1`
  return async (method, path, shape, { body, query } = {}) => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (apiKey !== undefined) headers['authorization'] = `Bearer ${apiKey}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    const { response, text } = await exchange()
    const answer = response.status === 204 ? null : parseJson(text)
    if (response.ok && answer !== undefined) {
      const parsed = shape.safeParse(answer)
      if (parsed.success) return parsed.data
      const places = parsed.error.issues.map(({ path: place, message }) => `${place.join('.')} ${message}`)
      throw new UnexpectedAnswer(`${method} ${path} was answered in a shape not known here: ${places.join('; ')}`)
    }
    throw refusalOf(url, response, answer)

    async function exchange(): Promise<{ response: Response; text: string }> {
      let response: Response
      let text: string
      try {
        response = await send(`${base}${path}${queryOf(query)}`, {
          method,
          headers,
          // A redirect would turn a POST into a GET, and may lead to another host.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        text = await response.text()
      } catch (cause) {
        throw new ServerUnreachable(`${describe(cause)} at ${url}`, { cause })
      }
      return { response, text }
    }
  }

  function describe(cause: unknown): string {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError'
    return timedOut ? `no answer came within ${timeoutMs / 1000} s` : 'nothing answers'
  }
}

/** Calls throw SignalboxProblem and ServerUnreachable. */
export function makeOpen({ url, apiKey, fetch: send = fetch }: ConnectOptions): Open {
  return async (path, { query, accept, signal }) => {
    const headers = { accept, ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) }
    const address = `${url.replace(/\/+$/, '')}/api/v1${path}${queryOf(query)}`
    try {
      const response = await send(address, { headers, redirect: 'manual', signal })
      if (response.ok && response.headers.get('content-type')?.startsWith(accept) === true) return response
      throw refusalOf(url, response, parseJson(await response.text()))
    } catch (cause) {
      if (cause instanceof SignalboxProblem || cause instanceof ServerUnreachable) throw cause
      throw new ServerUnreachable(`nothing answers at ${url}`, { cause })
    }
  }
}

/** What to throw for an answer that is not the one wanted. */
function refusalOf(url: string, response: Response, answer: unknown): SignalboxProblem | ServerUnreachable {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
    return new ServerUnreachable(`${url} redirects elsewhere; name the address it redirects to`)
  const problem = ProblemDocument.safeParse(answer)
  return problem.success
    ? new SignalboxProblem(problem.data)
    : new ServerUnreachable(`what answers at ${url} is no Signalbox (status ${response.status})`)
}

export const waitAWhile: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', done)
    if (signal?.aborted === true) done()
  })

/** A name or id as one piece of a path: `vision/mnist` stays one. */
export function piece(ref: string): string {
  // Addresses lose these, so that the request would be another one; no name and no id is like that.
  if (/^\.{0,2}$/.test(ref))
    throw new SignalboxProblem({
      type: '/problems/not-found',
      title: 'Not found',
      status: 404,
      detail: `“${ref}” is no name and no id.`,
    })
  return encodeURIComponent(ref)
}

function queryOf(query: Query = {}): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value))
  return given.size === 0 ? '' : `?${given.toString()}`
}

/** Undefined when it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
