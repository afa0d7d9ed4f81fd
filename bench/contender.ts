import type { LoadOrder } from './processes/load-order.ts'

/** Something that takes events and delivers them: the product or the ceiling. */
export interface Contender {
  readonly pid: number
  /** Where single events go; the head ends before `content-length`. */
  readonly target: LoadOrder['targets'][number]
  readonly batchTarget: LoadOrder['targets'][number]
  /** What an event's body is, around its number. */
  readonly body: LoadOrder['body']
  stop(): Promise<void>
}

/** An event whose delivery has a body of about 1 KB. */
export const eventBody = [`{"name":"bench","data":{"n":`, `,"text":"${'x'.repeat(960)}"}}`] as const

export function targetOf(port: number, path: string, apiKey?: string): LoadOrder['targets'][number] {
  const authorization = apiKey === undefined ? '' : `authorization: Bearer ${apiKey}\r\n`
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${authorization}content-type: application/json\r\n`
  return { port, head }
}
