/** A broken assertion is a bug of ours, never the caller's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message)
}

class AssertionError extends Error {
  override readonly name = 'AssertionError'
}
