/** Time that passes only when it is turned: what was to happen happens in its order, each at its instant. */
export interface SimulatedTime {
  /** Milliseconds since 1970, as the database's clock shows them. */
  now(): number
  at(delayMs: number, happen: () => void): { cancel(): void }
  /** Goes to the next thing that is to happen and lets it happen; false when there is none before `until`. */
  advance(until: number): boolean
}

interface Appointment {
  readonly at: number
  readonly order: number
  happen: (() => void) | undefined
}

export function makeSimulatedTime(start: number): SimulatedTime {
  let now = start
  let made = 0
  const appointments: Appointment[] = []

  function takeEarliest(until: number): Appointment | undefined {
    let earliest: Appointment | undefined
    for (const one of appointments)
      if (earliest === undefined || one.at < earliest.at || (one.at === earliest.at && one.order < earliest.order))
        earliest = one
    if (earliest === undefined || earliest.at > until) return undefined
    appointments.splice(appointments.indexOf(earliest), 1)
    return earliest
  }

  return {
    now: () => now,
    at(delayMs, happen) {
      const appointment: Appointment = { at: now + Math.max(0, delayMs), order: made++, happen }
      appointments.push(appointment)
      return { cancel: () => (appointment.happen = undefined) }
    },
    advance(until) {
      const next = takeEarliest(until)
      if (next === undefined) {
        now = Math.max(now, until)
        return false
      }
      now = Math.max(now, next.at)
      next.happen?.()
      return true
    },
  }
}
