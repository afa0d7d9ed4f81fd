import { createServer } from 'node:net'
import { RefusedError } from './failures.ts'

/** A port that was asked for has to be free; of the usual one any other may take the place. */
export async function choosePort(wanted: number | undefined, usual: number): Promise<{ port: number; note: string }> {
  if (wanted === undefined) {
    if (await isFree(usual)) return { port: usual, note: '' }
    return { port: 0, note: ` (${usual} is taken, so another port is used)` }
  }
  if (!(await isFree(wanted))) throw new RefusedError(`port ${wanted} is taken`, 'another --port, or none')
  return { port: wanted, note: '' }
}

export function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    return true
  } catch (error) {
    if (!isPortTaken(error)) throw error
    return false
  } finally {
    probe.close()
  }
}
