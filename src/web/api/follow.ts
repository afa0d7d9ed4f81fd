import { useEffect, useState } from 'react'
import { queries } from './client.ts'

const channelName = 'signalbox-stream'
/** What a message of the stream makes stale. */
const staleAfter = {
  event: ['events', 'explanation', 'deliveries', 'stats'],
  attempt: ['deliveries', 'delivery', 'automations', 'stats', 'redeliveries'],
} as const

/**
 * Keeps what is shown up to date: one stream for all tabs of this browser. The tab that holds the lock reads it and tells
 * the others; when it goes, another takes its place. Undefined while what is shown is live; else since when it is not.
 */
export function useFollow(): Date | undefined {
  const [lostAt, setLostAt] = useState<Date>()
  useEffect(() => {
    const channel = new BroadcastChannel(channelName)
    const stopped = new AbortController()
    const { signal } = stopped
    const stale = new Set<string>()
    let timer: number | undefined

    function note(kind: keyof typeof staleAfter): void {
      for (const key of staleAfter[kind]) stale.add(key)
      timer ??= window.setTimeout(() => {
        timer = undefined
        for (const key of stale) void queries.invalidateQueries({ queryKey: [key] })
        stale.clear()
      }, 400)
    }

    function read(): Promise<void> {
      return new Promise((resolve) => {
        const source = new EventSource('/api/v1/stream')
        const tell = (message: unknown): void => {
          if (signal.aborted) return
          // A channel belongs to this origin; it takes no other.
          // oxlint-disable-next-line unicorn/require-post-message-target-origin
          channel.postMessage(message)
          take(message)
        }
        source.addEventListener('open', () => tell('live'))
        source.addEventListener('error', () => tell('lost'))
        for (const kind of ['event', 'attempt'] as const) source.addEventListener(kind, () => tell(kind))
        signal.addEventListener('abort', () => {
          source.close()
          resolve()
        })
      })
    }

    function take(message: unknown): void {
      if (message === 'live') {
        setLostAt(undefined)
        // What came before the stream did, or while it was away, it does not tell.
        note('event')
        note('attempt')
      } else if (message === 'lost') setLostAt((since) => since ?? new Date())
      else if (message === 'event' || message === 'attempt') note(message)
    }

    channel.addEventListener('message', ({ data }) => take(data))
    void navigator.locks.request(channelName, { signal }, read).catch(() => undefined)
    return () => {
      stopped.abort()
      channel.close()
      window.clearTimeout(timer)
    }
  }, [])
  return lostAt
}
