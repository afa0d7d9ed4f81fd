import type { Event } from '../contract/event.ts'

/** What its sender said it is about; ordering may be about more. */
export function subjectOf({ facts, subject }: Event): string {
  return typeof facts['subject'] === 'string' ? facts['subject'] : subject
}

export function nameOf({ facts }: Event): string | null {
  return typeof facts['name'] === 'string' ? facts['name'] : null
}
