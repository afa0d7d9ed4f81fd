import type { SentDelivery } from '../deliveries/send-delivery.ts'

/** Who counts what the engine does. */
export interface EngineMeter {
  attempted(sent: SentDelivery): void
  leaseLost(): void
  reclaimed(cause: 'owner_died' | 'unknown_to_owner', deliveries: number): void
}
