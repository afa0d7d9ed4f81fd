/** Waits until `look` answers something other than undefined and false; fails after `limitMs`, saying what it waited for. */
export async function waitFor<T>(what: string, look: () => T | Promise<T>, limitMs = 15_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
