type Send = () => Promise<void>

const held = new Map<string, Send>()

/** Requests that wait until they are undone no more. */
export const heldBack = {
  hold: (id: string, send: Send) => void held.set(id, send),
  drop: (id: string) => void held.delete(id),
  /** Once, however often it is asked. */
  async send(id: string): Promise<void> {
    const send = held.get(id)
    held.delete(id)
    await send?.()
  },
  async sendAll(): Promise<void> {
    await Promise.all([...held.keys()].map(heldBack.send))
  },
}

// A page that is hidden may never be asked again: what was decided on it is done now.
window.addEventListener('pagehide', () => void heldBack.sendAll())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void heldBack.sendAll()
})
