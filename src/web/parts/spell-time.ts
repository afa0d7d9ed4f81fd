import type { Words } from '../text/words.ts'

type TimeWords = Pick<Words, 'locale' | 'times'>

const hour = 3600

/** Near instants by how far off they are, those of today by the clock, others by the date. */
export function spellMoment(iso: string, now: Date, text: TimeWords): string {
  const at = new Date(iso)
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  const away = Math.abs(seconds)
  if (away < hour) {
    const span = away < 60 ? text.times.seconds(String(away)) : text.times.minutes(String(Math.round(away / 60)))
    return seconds < 0 ? text.times.ahead(span) : text.times.ago(span)
  }
  if (at.toDateString() === now.toDateString()) return at.toLocaleTimeString('en-GB')
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  const date = at.toLocaleDateString(text.locale, { day: 'numeric', month: 'short', ...year })
  return text.times.dateAndClock(date, spellClock(at))
}

export function spellClock(at: Date): string {
  return at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** To the second and with the zone, and as machines write it. */
export function spellExactly(iso: string, text: TimeWords): string {
  const told = new Date(iso).toLocaleString(text.locale, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' })
  return `${told} · ${iso}`
}

export function spellMs(ms: number, text: TimeWords): string {
  if (ms < 10) return text.times.milliseconds(ms.toFixed(1))
  if (ms < 1000) return text.times.milliseconds(String(Math.round(ms)))
  if (ms < 60_000) return text.times.seconds((ms / 1000).toFixed(1))
  const minutes = Math.round(ms / 60_000)
  if (ms < hour * 1000)
    return `${text.times.minutes(String(Math.floor(ms / 60_000)))} ${text.times.seconds(String(Math.floor((ms % 60_000) / 1000)))}`
  return `${text.times.hours(String(Math.floor(minutes / 60)))} ${text.times.minutes(String(minutes % 60))}`
}
