import { useEffect, useState } from 'react'
import type { StreamedAttempt } from '../../contract/stream.ts'
import { queries } from './client.ts'
import { noteAttempts } from './note-deliveries.ts'

const channelName = 'signalbox-stream'
const reopenMs = 5_000
const gatherMs = 400
/** What nothing comes back from is waited for no longer. */
const askingMsMax = 10_000
/** What a message of the stream makes stale. */
const staleAfter = {
  event: ['events', 'explanation', 'deliveries', 'stats'],
  attempt: ['deliveries', 'delivery', 'automations', 'stats', 'redeliveries'],
} as const

/** What the tab that reads the stream tells all tabs; `last` is the id of a message, behind which the stream goes on. */
type Told =
  | { readonly kind: 'live' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'event'; readonly last: string }
  | { readonly kind: 'attempt'; readonly last: string; readonly attempt: StreamedAttempt }

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
    const attempts = new Map<string, StreamedAttempt>()
    let timer: number | undefined
    let isAsking = false
    let source: EventSource | undefined
    let reopening: number | undefined
    let last: string | undefined

    function note(kind: keyof typeof staleAfter): void {
      for (const key of staleAfter[kind]) stale.add(key)
      if (!isAsking) timer ??= window.setTimeout(() => void refresh(), gatherMs)
    }

    /** One round at a time: where asking takes longer than messages take to come, answers are waited for and not begun anew. */
    async function refresh(): Promise<void> {
      timer = undefined
      isAsking = true
      const keys = [...stale]
      stale.clear()
      noteAttempts(attempts)
      attempts.clear()
      const asked = keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))
      await Promise.race([Promise.all(asked), new Promise((resolve) => window.setTimeout(resolve, askingMsMax))])
      isAsking = false
      if (stale.size > 0 && !signal.aborted) timer = window.setTimeout(() => void refresh(), gatherMs)
    }

    function tell(message: Told): void {
      if (signal.aborted) return
      // A channel belongs to this origin; it takes no other.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      channel.postMessage(message)
      take(message)
    }

    function open(): void {
      if (signal.aborted) return
      source = new EventSource(`/api/v1/stream${last === undefined ? '' : `?cursor=${encodeURIComponent(last)}`}`)
      source.addEventListener('open', () => tell({ kind: 'live' }))
      source.addEventListener('error', () => {
        tell({ kind: 'lost' })
        // What broke off comes back by itself; what was refused does not, and then it may have been for where it was to go on.
        if (source?.readyState !== EventSource.CLOSED) return
        last = undefined
        reopening = window.setTimeout(open, reopenMs)
      })
      source.addEventListener('event', ({ lastEventId }) => tell({ kind: 'event', last: lastEventId }))
      source.addEventListener('attempt', ({ lastEventId, data }) => {
        tell({ kind: 'attempt', last: lastEventId, attempt: JSON.parse(String(data)) as StreamedAttempt })
      })
    }

    /** Holds the lock for as long as this tab is there; it may be gone by the time the lock is given. */
    function read(): Promise<void> {
      open()
      return new Promise((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve())
      })
    }

    /** What seems open may be a connection that nothing comes through any more, and what was on its way says nothing of now. */
    function reopen(): void {
      if (source === undefined) return
      source.close()
      window.clearTimeout(reopening)
      open()
    }

    function take(message: Told): void {
      if (message.kind === 'lost') setLostAt((since) => since ?? new Date())
      else if (message.kind === 'live') {
        setLostAt(undefined)
        // What came before the stream did, or while it was away, it does not tell.
        note('event')
        note('attempt')
      } else {
        last = message.last
        if (message.kind === 'attempt') attempts.set(message.attempt.delivery, message.attempt)
        note(message.kind)
      }
    }

    channel.addEventListener('message', ({ data }) => take(data as Told))
    const lose = (): void => {
      take({ kind: 'lost' })
      reopen()
    }
    window.addEventListener('offline', lose, { signal })
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
