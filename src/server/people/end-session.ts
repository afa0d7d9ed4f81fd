import { hashApiKey } from '../access/api-key.ts'
import type { Database } from '../database/database.ts'
import { revokeSession } from './api-key-store.ts'

/** Signing out ends the session itself, not only its cookie. */
export async function endSession(db: Database, token: string): Promise<void> {
  await revokeSession(db, hashApiKey(token))
}
