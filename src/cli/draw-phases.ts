import type { Attempt } from '../contract/delivery.ts'

type Phases = NonNullable<Attempt['phases_ms']>

const barChars = 32
const phases = [
  { name: 'dns', says: 'dns', mark: 'd' },
  { name: 'connect', says: 'connect', mark: 'c' },
  { name: 'tls', says: 'tls', mark: 't' },
  { name: 'first_byte', says: 'first byte', mark: 'f' },
  { name: 'body', says: 'body', mark: 'b' },
] as const

/** `[ccffffff     ] connect 1.2 ms, first byte 4.0 ms`: the attempt that took longest fills the bar. */
export function drawPhases(of: Phases, longestMs: number): string {
  let passedMs = 0
  let bar = ''
  for (const { name, mark } of phases) {
    passedMs += of[name]
    const end = longestMs === 0 ? 0 : Math.round((passedMs / longestMs) * barChars)
    bar += mark.repeat(Math.max(0, Math.min(end, barChars) - bar.length))
  }
  const legend = phases.flatMap(({ name, says }) => (of[name] > 0 ? [`${says} ${of[name].toFixed(1)} ms`] : []))
  return `[${bar.padEnd(barChars)}] ${legend.join(', ')}`
}

export function totalMs(of: Phases | null): number {
  return of === null ? 0 : phases.reduce((sum, { name }) => sum + of[name], 0)
}
