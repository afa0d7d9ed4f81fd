import { request as httpRequest } from 'node:http'

/** What a careful client would not send: any path, any bytes, and lengths that are not true. */
export interface RawRequest {
  readonly method: string
  /** As it goes over the wire, the prefix included. */
  readonly path: string
  readonly apiKey?: string | undefined
  readonly body?: string | Buffer | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** Announces the body and waits for the answer without sending it. */
  readonly holdBody?: boolean
}

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  readonly body: unknown
}

export function sendRaw(
  url: string,
  { method, path, apiKey, body, headers, holdBody }: RawRequest,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const outgoing = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        agent: false,
        headers: {
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        const finish = (): void => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parse(text) })
          outgoing.destroy()
        }
        incoming.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          // Such an answer has no end: its beginning has to do.
          if (incoming.headers['content-type'] === 'text/event-stream') finish()
        })
        incoming.on('error', reject)
        incoming.on('end', finish)
      },
    )
    outgoing.on('error', reject)
    if (holdBody === true) outgoing.flushHeaders()
    else outgoing.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
