import { onTestFinished } from 'vitest'
import { waitFor } from './wait-for.ts'

export interface StreamedMessage {
  readonly event: string
  readonly id: string
  // Tests look into both shapes.
  readonly data: any
}

/** A stream as it is read over HTTP; closed when the test ends. */
export interface OpenedStream {
  readonly status: number
  readonly headers: Headers
  /** What came so far; it grows. */
  readonly messages: readonly StreamedMessage[]
  readonly comments: readonly string[]
  /** As a browser would send it when it comes back. */
  lastId(): string
  /** Resolves when the server ended it, with the text of a refusal. */
  readonly ended: Promise<string>
  isEnded(): boolean
  close(): void
}

export async function openStream(
  url: string,
  apiKey: string,
  { query = '', lastId }: { readonly query?: string; readonly lastId?: string } = {},
): Promise<OpenedStream> {
  const gone = new AbortController()
  const headers = { authorization: `Bearer ${apiKey}`, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) }
  const response = await fetch(`${url}/api/v1/stream${query}`, { headers, signal: gone.signal })
  const messages: StreamedMessage[] = []
  const comments: string[] = []
  let last = lastId ?? ''
  let isEnded = false

  async function read(): Promise<string> {
    let text = ''
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk
        if (response.status !== 200) continue
        const blocks = text.split('\n\n')
        text = blocks.pop()!
        for (const block of blocks) readBlock(block)
      }
    } catch {
      // The line broke: the same end for whoever reads.
    }
    isEnded = true
    return text
  }

  function readBlock(block: string): void {
    const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0]!, line.replace(/^\w*: ?/, '')]))
    last = fields.get('id') ?? last
    if (fields.has('')) comments.push(fields.get('')!)
    if (fields.has('data'))
      messages.push({ event: fields.get('event')!, id: last, data: JSON.parse(fields.get('data')!) as unknown })
  }

  onTestFinished(() => gone.abort())
  const ended = read()
  await waitFor('the stream to begin', () => isEnded || last !== '')
  return {
    status: response.status,
    headers: response.headers,
    messages,
    comments,
    lastId: () => last,
    ended,
    isEnded: () => isEnded,
    close: () => gone.abort(),
  }
}
