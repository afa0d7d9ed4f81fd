/** One thing that is measured. It has at most one label, whose values are all named here: the number of series is fixed. */
export interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly about: string
  readonly label?: string
  readonly values?: readonly string[]
}

/** Everything that `/metrics` tells; docs/operate/metrics.md is made of it. Counters are of this process and its life. */
export const families = {
  signalbox_build_info: { type: 'gauge', about: 'Always 1; says which version runs.', label: 'version' },

  // what waits, the same for every process
  signalbox_database_up: {
    type: 'gauge',
    about: '1 when the queue could be read; else 0, and the figures of the queue are left out.',
  },
  signalbox_backlog_oldest_due_seconds: {
    type: 'gauge',
    about: 'How long the oldest delivery has been due that waits in a lane not paused; 0 when none is.',
  },
  signalbox_backlog_deliveries: {
    type: 'gauge',
    about: 'Unfinished deliveries, counted up to 100,000: due, waiting for a retry, being sent, held by a pause.',
    label: 'state',
    values: ['due', 'retrying', 'sending', 'held'],
  },
  signalbox_workers_alive: { type: 'gauge', about: 'Processes that send.' },

  // what came and went
  signalbox_events_recorded_total: { type: 'counter', about: 'Events recorded.' },
  signalbox_deliveries_made_total: {
    type: 'counter',
    about: 'Deliveries made by recorded events, by how they were born.',
    label: 'birth',
    values: ['sending', 'waiting', 'held', 'finished'],
  },
  signalbox_attempts_total: {
    type: 'counter',
    about: 'Attempts, by what they met: 2xx, another answer, no answer, a refusal of our own.',
    label: 'outcome',
    values: ['succeeded', 'rejected', 'unreachable', 'refused'],
  },
  signalbox_attempts_decided_total: {
    type: 'counter',
    about: 'Attempts, by what follows: the delivery has succeeded, has failed, or is tried again.',
    label: 'next',
    values: ['succeeded', 'failed', 'retry'],
  },
  signalbox_attempt_phase_seconds: {
    type: 'histogram',
    about:
      'How long the phases of attempts took. The first three where a connection was made for them, the body where an answer came.',
    label: 'phase',
    values: ['dns', 'connect', 'tls', 'first_byte', 'body'],
  },
  signalbox_connections_used_total: {
    type: 'counter',
    about: 'Answered attempts, by whether their connection was made for them or was there.',
    label: 'connection',
    values: ['new', 'reused'],
  },

  // who sends
  signalbox_deliveries_in_hand: {
    type: 'gauge',
    about: 'Deliveries being sent, or answered and not yet written down.',
  },
  signalbox_lanes_owned: { type: 'gauge', about: 'Webhooks that this process sends for.' },
  signalbox_breakers_open: { type: 'gauge', about: 'Of those, receivers that are spared because they fail.' },
  signalbox_leases_lost_total: {
    type: 'counter',
    about: 'Times this process could not renew its lease and began anew. 0 while all is well.',
  },
  signalbox_deliveries_reclaimed_total: {
    type: 'counter',
    about: 'Deliveries taken back: of a process that died, or in our name without our knowing. 0 while all is well.',
    label: 'cause',
    values: ['owner_died', 'unknown_to_owner'],
  },

  // what it costs
  signalbox_database_connections: {
    type: 'gauge',
    about: 'Connections to the database.',
    label: 'state',
    values: ['busy', 'idle'],
  },
  signalbox_database_waiting: { type: 'gauge', about: 'Statements and transactions that wait for a connection now.' },
  signalbox_database_waits_total: {
    type: 'counter',
    about: 'Statements and transactions that had to wait, since every connection was in use.',
  },
  process_cpu_seconds_total: { type: 'counter', about: 'Processor time of this process; not of an embedded database.' },
  process_resident_memory_bytes: { type: 'gauge', about: 'Memory of this process; not of an embedded database.' },
  process_start_time_seconds: { type: 'gauge', about: 'When this process started, in seconds since 1970.' },
  signalbox_event_loop_busy_seconds_total: {
    type: 'counter',
    about: 'Time in which the event loop had work: a rate near 1 means that one processor is not enough.',
  },
} as const satisfies Record<string, Family>

export type FamilyName = keyof typeof families

type ValuesOf<N extends FamilyName> = (typeof families)[N] extends { readonly values: readonly (infer V)[] } ? V : never

/** A label's values, for whoever counts by them. */
export function valuesOf<N extends FamilyName>(name: N): readonly ValuesOf<N>[] {
  const family: Family = families[name]
  return (family.values ?? []) as readonly ValuesOf<N>[]
}
