import { useEffect, useState } from 'react'
import { queries } from './client.ts'

const channelName = 'signalbox-stream'
const reopenMs = 5_000
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
    let source: EventSource | undefined
    let reopening: number | undefined

    function note(kind: keyof typeof staleAfter): void {
      for (const key of staleAfter[kind]) stale.add(key)
      timer ??= window.setTimeout(() => {
        timer = undefined
        for (const key of stale) void queries.invalidateQueries({ queryKey: [key] })
        stale.clear()
      }, 400)
    }

    function tell(message: unknown): void {
      if (signal.aborted) return
      // A channel belongs to this origin; it takes no other.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      channel.postMessage(message)
      take(message)
    }

    function open(): void {
      if (signal.aborted) return
      source = new EventSource('/api/v1/stream')
      source.addEventListener('open', () => tell('live'))
      source.addEventListener('error', () => {
        tell('lost')
        // What broke off comes back by itself; what was refused does not.
        if (source?.readyState === EventSource.CLOSED) reopening = window.setTimeout(open, reopenMs)
      })
      for (const kind of ['event', 'attempt'] as const) source.addEventListener(kind, () => tell(kind))
    }

    /** Holds the lock for as long as this tab is there; it may be gone by the time the lock is given. */
    function read(): Promise<void> {
      open()
      return new Promise((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve())
      })
    }

    /** The way out is back: what seems open may be a connection that nothing comes through any more. */
    function reopen(): void {
      if (source === undefined) return
      source.close()
      window.clearTimeout(reopening)
      open()
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
    window.addEventListener('offline', () => take('lost'), { signal })
    window.addEventListener('online', reopen, { signal })
    void navigator.locks.request(channelName, { signal }, read).catch(() => undefined)
    return () => {
      stopped.abort()
      source?.close()
      channel.close()
      window.clearTimeout(timer)
      window.clearTimeout(reopening)
    }
  }, [])
  return lostAt
}
