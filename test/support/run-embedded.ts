import { createInterface } from 'node:readline'
import type { Log } from '../../src/server/base/log.ts'
import { EmbeddedDatabaseError } from '../../src/server/database/embedded/embedded-database-error.ts'
import { startEmbedded } from '../../src/server/database/embedded/start-embedded.ts'

/**
 * The embedded database in a process of its own, so that it can be killed: `node run-embedded.ts <folder> [umask]`.
 * Says what happens in JSON lines; stops when a line, or the end, comes from its input. SIGINT it only mentions.
 */
const [folder, umask] = process.argv.slice(2)
if (umask !== undefined) process.umask(Number.parseInt(umask, 8))

function say(event: string, fields: Readonly<Record<string, unknown>> = {}): void {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`)
}

const log: Log = { info: say, warn: say, error: say, debug: say }

const told = new Promise<void>((resolve) => {
  createInterface({ input: process.stdin }).once('line', resolve).once('close', resolve)
})
process.on('SIGINT', () => say('interrupted'))

// Processes are killed here, never the machine: what they wrote is with the system, whether or not the disk has it.
const settings = { shared_buffers: '8MB', fsync: 'off' }

try {
  const database = await startEmbedded({ dataFolder: folder!, log, now: new Date(), settings })
  say('started', { url: database.url, first_start: database.firstStart, free_bytes: await database.freeBytes() })
  await told
  await database.stop()
  say('stopped')
  process.exit()
} catch (error) {
  if (!(error instanceof EmbeddedDatabaseError)) throw error
  say('refused', { code: error.code, message: error.message, try: error.try })
  process.exit(1)
}
