import type { StreamedAttempt } from '../../contract/stream.ts'
import type { Actor } from '../access/context.ts'
import { spellId, spellUuid, type EntityId, type ProjectId } from '../base/ids.ts'
import { kindOf } from '../deliveries/met-outcome.ts'
import { stateOf } from '../deliveries/present-delivery.ts'
import { presentEvent } from './read-events.ts'
import type { StreamRow } from './read-stream.ts'
import { placesOf, seesPlace, showingPlacesOf, teamOf, type KnownPlaces, type StreamPlace } from './stream-places.ts'
import type { StreamedAttemptRow } from './stream-store.ts'

/** What one reader wants, beyond what they may see. */
export interface StreamFilter {
  readonly entityId: EntityId | undefined
  readonly projectId: ProjectId | undefined
}

/** Who reads, and what of it. */
export interface StreamAudience {
  readonly actor: Actor
  readonly filter: StreamFilter
}

export interface StreamMessage {
  readonly event: 'event' | 'attempt'
  /** JSON of the contract's shape. */
  readonly data: string
}

/** A row as this reader may see it; undefined when it is not theirs to see, or not what they want. */
export function messageFor(
  { actor, filter }: StreamAudience,
  streamed: StreamRow,
  known: KnownPlaces,
): StreamMessage | undefined {
  const sees = (place: StreamPlace) => seesPlace(actor, place, known)
  if (!showingPlacesOf(streamed).some(sees) || !isWanted(filter, placesOf(streamed).filter(sees))) return undefined
  if (streamed.kind === 'event') {
    const { row } = streamed
    const seen = row.data.places.filter(sees)
    return { event: 'event', data: JSON.stringify(presentEvent({ ...row, data: { ...row.data, places: seen } })) }
  }
  const team = teamOf(streamed.row)
  const isMember = team !== undefined && sees(team)
  const teamName = isMember ? (known.entities.get(team.entityId)?.name ?? null) : null
  return { event: 'attempt', data: JSON.stringify(presentAttempt(streamed.row, teamName)) }
}

/** Goes by the places that the reader sees: what comes, and what does not, must not tell that it was elsewhere too. */
function isWanted({ entityId, projectId }: StreamFilter, seen: readonly StreamPlace[]): boolean {
  return (
    (entityId === undefined || seen.some((place) => place.entityId === entityId)) &&
    (projectId === undefined || seen.some((place) => place.projectId === projectId))
  )
}

/** `team` is null for readers who are not members of the webhook's. */
function presentAttempt(row: StreamedAttemptRow, team: string | null): StreamedAttempt {
  return {
    delivery: spellUuid('delivery', row.delivery_id),
    number: row.number,
    at: row.at.toISOString(),
    outcome: kindOf(row.outcome),
    status: row.status,
    detail: team === null ? null : row.detail,
    // A row that somebody sees has a delivery.
    state: stateOf({ state: row.state!, lane_paused: row.lane_paused! }),
    event: row.event_id === null ? null : spellUuid('event', row.event_id),
    automation: row.automation_id === null ? null : spellId('automation', row.automation_id),
    webhook: row.webhook_id === null ? null : spellId('webhook', row.webhook_id),
    team,
  }
}
