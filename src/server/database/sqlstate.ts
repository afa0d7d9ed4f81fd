/** SQLSTATE codes by name. Branch on these, never on a message. */
export const sqlstate = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  readOnlyTransaction: '25006',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  undefinedTable: '42P01',
  invalidPassword: '28P01',
  duplicateDatabase: '42P04',
  diskFull: '53100',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  adminShutdown: '57P01',
  cannotConnectNow: '57P03',
} as const

/** The code PostgreSQL (or the socket) gave an error; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('constraint' in error)) return undefined
  return typeof error.constraint === 'string' ? error.constraint : undefined
}

/** Class 22 (data) or 23 (constraint): one row of a batch is at fault, and halving the batch finds it. */
export function blamesOneRow(error: unknown): boolean {
  return /^2[23]/.test(codeOf(error) ?? '')
}

/** The server or the way to it is gone; the same statement may succeed later. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  return (
    code.startsWith('08') ||
    code.startsWith('57P') ||
    lostSocket.has(code) ||
    (error instanceof Error && lostMessages.test(error.message))
  )
}

const lostSocket = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
// The driver and its pool give these no code.
const lostMessages =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/

/** The server is there, and has no room, time or right to write just now; the same statement may succeed later. */
export function isOverburdened(error: unknown): boolean {
  const code = codeOf(error) ?? ''
  return code.startsWith('53') || overburdened.has(code)
}

const overburdened = new Set<string>([
  sqlstate.serializationFailure,
  sqlstate.deadlockDetected,
  sqlstate.queryCanceled,
  sqlstate.lockNotAvailable,
  sqlstate.readOnlyTransaction,
])
