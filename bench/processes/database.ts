import { silentLog } from '../../src/server/base/log.ts'
import { startEmbedded } from '../../src/server/database/embedded/start-embedded.ts'

// A PostgreSQL for the bench alone, made of the embedded binaries, with fsync and synchronous_commit on as they are by
// default. Ends with the process that forked it.

const database = await startEmbedded({
  dataFolder: process.argv[2]!,
  log: silentLog,
  now: new Date(),
  settings: { max_connections: '200' },
})
process.once('disconnect', () => void database.stop().then(() => process.exit()))
process.send!({ url: database.url })
