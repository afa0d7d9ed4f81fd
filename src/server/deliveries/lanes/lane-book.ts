import type { Clock } from '../../base/clock.ts'
import type { EntityId, WebhookId } from '../../base/ids.ts'
import { limits } from '../../base/limits.ts'
import type { ClaimId, DeliveryKey, WorkerId } from '../delivery.ts'
import { freeSlots, giveBack, makeLane, reserve, setLimits, type Lane, type LaneLimits } from './lane.ts'

/**
 * The lanes this process owns and the deliveries it holds: all in memory, none of it trusted by another process. A
 * process that takes no part in sending (role `api`) has a book that is never opened, and owns nothing.
 */
export interface LaneBook {
  readonly lanes: ReadonlyMap<WebhookId, Lane>
  /** Deliveries in hand: reserved, being sent, or answered and not yet recorded. */
  readonly inHand: ReadonlyMap<string, ClaimId>

  /** A live worker may own lanes and bear deliveries *sending*, until `close`. Lanes of an earlier life are forgotten. */
  open(workerId: WorkerId): void
  /** Nothing new starts; what is in hand may end. */
  close(): void
  /** The worker's lease was good at this reading of the monotonic clock. */
  leaseRenewed(monotonicMs: number): void
  /** Since the lease was surely good. */
  leaseAgeMs(): number
  /** False when the lease may have run out without us knowing: then nothing may start. */
  maySend(): boolean
  /** Whether a request may leave under this claim: it is of this life, and the lease is good. */
  mayStart(claimId: ClaimId): boolean
  workerId(): WorkerId | undefined

  own(webhookId: WebhookId, teamId: EntityId, laneLimits: LaneLimits): Lane
  disown(webhookId: WebhookId): void
  /** The lane that the claim has a slot of; undefined for a claim of an earlier life, whose lanes are forgotten. */
  laneOf(claimed: { readonly webhookId: WebhookId; readonly claimId: ClaimId }): Lane | undefined

  /** A claim for a delivery born *sending*, or undefined when it must wait. */
  reserveBirth(webhookId: WebhookId, deliveryId: string, laneLimits: LaneLimits): ClaimId | undefined
  /** Gives a birth back whose transaction failed or whose outcome is unknown. */
  cancelBirth(webhookId: WebhookId, key: DeliveryKey): void
  nextClaimId(): ClaimId
  hold(key: DeliveryKey): void
  letGo(key: DeliveryKey): void
}

/** A claim is worker and counter side by side: 2^21 lives of a worker, 2^32 claims in each, within what a number holds. */
const claimsPerLife = 2 ** 32

export function makeLaneBook(clock: Clock): LaneBook {
  const lanes = new Map<WebhookId, Lane>()
  const inHand = new Map<string, ClaimId>()
  let worker: WorkerId | undefined
  let isOpen = false
  let renewedAt = Number.NEGATIVE_INFINITY
  let claims = 0
  const isOfThisLife = (claimId: ClaimId) => worker !== undefined && Math.floor(claimId / claimsPerLife) === worker
  const now = () => clock.now().getTime()

  const book: LaneBook = {
    lanes,
    inHand,
    open(workerId) {
      lanes.clear()
      worker = workerId
      claims = 0
      isOpen = true
    },
    close() {
      isOpen = false
    },
    leaseRenewed(monotonicMs) {
      renewedAt = monotonicMs
    },
    leaseAgeMs: () => clock.monotonicMs() - renewedAt,
    maySend: () => isOpen && book.leaseAgeMs() < limits.leaseMs - limits.leaseMarginMs,
    mayStart: (claimId) => book.maySend() && isOfThisLife(claimId),
    workerId: () => worker,
    own(webhookId, teamId, laneLimits) {
      const lane = lanes.get(webhookId) ?? makeLane(webhookId, teamId, laneLimits, now())
      lanes.set(webhookId, lane)
      setLimits(lane, laneLimits, now())
      return lane
    },
    disown: (webhookId) => void lanes.delete(webhookId),
    laneOf: ({ webhookId, claimId }) => (isOfThisLife(claimId) ? lanes.get(webhookId) : undefined),
    reserveBirth(webhookId, deliveryId, laneLimits) {
      const lane = lanes.get(webhookId)
      if (lane === undefined || !book.maySend() || inHand.size >= limits.handoverMax) return undefined
      setLimits(lane, laneLimits, now())
      const somethingWaits = lane.dueAt.first <= now() || lane.dueAt.retry <= now()
      if (laneLimits.inOrder || somethingWaits || freeSlots(lane, now()) < 1) return undefined
      reserve(lane, 1, now())
      const claimId = book.nextClaimId()
      inHand.set(deliveryId, claimId)
      return claimId
    },
    cancelBirth(webhookId, key) {
      book.letGo(key)
      const lane = book.laneOf({ webhookId, claimId: key.claimId })
      if (lane !== undefined) giveBack(lane, 1, now())
    },
    nextClaimId: () => worker! * claimsPerLife + ++claims,
    hold: ({ id, claimId }) => void inHand.set(id, claimId),
    letGo({ id, claimId }) {
      if (inHand.get(id) === claimId) inHand.delete(id)
    },
  }
  return book
}
