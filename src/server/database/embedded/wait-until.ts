/** Waits for another process: the one place in the database's rooms where time passes by itself. */
export async function waitUntil(look: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  for (;;) {
    if (await look()) return true
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
