import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeLoopGuard } from './automations/loop-guard.ts'
import { makeRuleMemory } from './automations/rule-memory.ts'
import { makeSteadyClock, systemClock } from './base/clock.ts'
import { limits } from './base/limits.ts'
import type { Log } from './base/log.ts'
import { systemRandom } from './base/random.ts'
import { later, systemTimers as timers } from './base/timers.ts'
import { publicUrlOf, type Config } from './config.ts'
import { openDatabase, type Database } from './database/database.ts'
import { readConnection, urlOf } from './database/embedded/connection-file.ts'
import { startEmbedded, type EmbeddedDatabase } from './database/embedded/start-embedded.ts'
import { ping } from './database/ping.ts'
import { checkSchema, migrate, readMigrations } from './database/migrate.ts'
import { makeLaneBook } from './deliveries/lanes/lane-book.ts'
import { expireDeliveries } from './deliveries/queue/expire-deliveries.ts'
import { deliveryVisibility } from './events/delivery-visibility.ts'
import { makeEventDoor } from './events/event-door.ts'
import type { EventRecorder } from './events/record-events.ts'
import { disableGoneWebhook, pauseLoopingAutomation } from './events/record-upkeep.ts'
import { makeStreamHub } from './events/stream-hub.ts'
import { buildApp } from './http/app.ts'
import type { House, ReadinessCheck } from './http/house.ts'
import { dropOldIdempotencyKeys } from './http/idempotency-store.ts'
import { openReceiverDoor } from './http/receiver-door.ts'
import { resources } from './http/resources.ts'
import { parseAllowList } from './outbound/allow-list.ts'
import { makeUrlCheck } from './outbound/check-url.ts'
import { makeMetrics } from './metrics/make-metrics.ts'
import { lookupAll, type Lookup } from './outbound/guarded-connect.ts'
import { makeSender } from './outbound/make-sender.ts'
import { dropEndedSessions } from './people/api-key-store.ts'
import { resetPassword } from './people/set-password.ts'
import { setUpOrganization, type FirstOrganization } from './people/set-up-organization.ts'
import { makeSetUpGate } from './people/set-up-gate.ts'
import { makeSignInGate } from './people/sign-in.ts'
import { deriveSetUpCode } from './secrets/derive-set-up-code.ts'
import type { Keyring } from './secrets/keyring.ts'
import { openKeyring } from './secrets/open-keyring.ts'
import { findMissingKeys } from './secrets/prove-keys.ts'
import { makeSecretUses } from './secrets/secret-uses.ts'
import { makeRevealer } from './secrets/reveal.ts'
import { version } from './version.ts'
import { makeBuiltInReceiver } from './trials/built-in-receiver.ts'
import { makeSearchLimits } from './deliveries/search-limits.ts'
import { makeSimulationLimits } from './trials/simulation-limits.ts'
import { makeTestLimits } from './trials/test-limits.ts'
import type { WebhookParts } from './webhooks/webhook-parts.ts'
import { makeProfileFinder } from './webhooks/sending-profile.ts'
import { watchDisk } from './work/watch-disk.ts'
import { makeQuietEngine, startEngine } from './work/engine.ts'
import { startHousekeeping, tidyOnce } from './work/housekeeping.ts'
import { startRedeliveryLoop } from './work/redelivery-loop.ts'

// The composition root: builds every part by hand, in the order they need each other, and takes them down in reverse.
// Nothing else knows how the parts are put together.

/** A running Signalbox. */
export interface RunningServer {
  readonly url: string
  /** The embedded database was made by this start. */
  readonly firstStart: boolean
  /** What `/setup` asks for, while there is no organization at the start. For the operator's terminal, never for a log. */
  readonly setUpCode: string | undefined
  setUp(input: FirstOrganization): Promise<{ apiKey: string }>
  /** Lets what is under way end, then stops everything that was started, the embedded database last. */
  stop(): Promise<void>
}

/** Made by the build of the web app; a server without it answers programs only. */
const pagesFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))

const migrationsFolder = new URL('../../migrations/', import.meta.url)

/**
 * Throws EmbeddedDatabaseError, MasterKeyError, NewerSchemaError and AllowListError, which say what to do. `lookup` finds
 * the addresses of receivers.
 */
export async function startServer(config: Config, log: Log, lookup: Lookup = lookupAll): Promise<RunningServer> {
  const started = new AsyncDisposableStack()
  try {
    const storage = await openStorage(config, log, started)
    await migrateStorage(storage.db, log)
    return await startOn(storage, config, log, lookup, started)
  } catch (error) {
    await started.disposeAsync()
    throw error
  }
}

/** Runs `work` on the configured database alone: no server, no worker. */
export async function withDatabase<T>(config: Config, log: Log, work: (db: Database) => Promise<T>): Promise<T> {
  await using started = new AsyncDisposableStack()
  const { db } = await openStorage(config, log, started)
  return await work(db)
}

export async function migrateStorage(db: Database, log: Log): Promise<readonly string[]> {
  const ran = await migrate(db, readMigrations(migrationsFolder))
  if (ran.length > 0) log.info('database.migrated', { migrations: ran })
  return ran
}

/** Whether every migration of this version is there. */
export function schemaState(db: Database): Promise<'current' | 'behind'> {
  return checkSchema(db, readMigrations(migrationsFolder))
}

/** Where the database is: as configured, or as the embedded one in its folder was last started. */
export function databaseUrl(config: Config): string | undefined {
  const connection = readConnection(config.dataFolder)
  return config.databaseUrl ?? (connection === undefined ? undefined : urlOf(connection))
}

export { resetPassword, setUpOrganization }

interface Storage {
  readonly db: Database
  readonly listenDb: Database
  readonly embedded: EmbeddedDatabase | undefined
}

async function openStorage(config: Config, log: Log, started: AsyncDisposableStack): Promise<Storage> {
  const { dataFolder, binariesFolder, runtimeFolder } = config
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbedded({ dataFolder, binariesFolder, runtimeFolder, log, now: systemClock.now() })
      : undefined
  if (embedded !== undefined) started.defer(() => embedded.stop())
  const open = (url: string, connectionsMax: number): Database => {
    const db = openDatabase({ url, prepare: config.databasePrepare, connectionsMax, log })
    started.defer(() => db.close())
    return db
  }
  const db = open(config.databaseUrl ?? embedded!.url, config.databaseConnectionsMax)
  const listenDb = config.databaseListenUrl === undefined ? db : open(config.databaseListenUrl, 1)
  return { db, listenDb, embedded }
}

async function startOn(
  { db, listenDb, embedded }: Storage,
  config: Config,
  log: Log,
  lookup: Lookup,
  started: AsyncDisposableStack,
): Promise<RunningServer> {
  const clock = systemClock
  const keyring = await openKeys(db, config, log)

  const housekeeping = { db, clock, log, retentionDays: config.retentionDays, chores: choresOf(db, config) }
  await tidyOnce(housekeeping)
  const tidying = startHousekeeping(housekeeping)
  started.defer(() => tidying.stop())

  const reveal = makeRevealer({ db, keyring, clock })
  const receiver = makeBuiltInReceiver({ db, clock, reveal })
  const receiverDoor = config.receiver && (await openReceiverDoor(receiver, config.receiver, log))
  if (receiverDoor !== undefined) started.defer(() => receiverDoor.stop())
  const allowList = parseAllowList([config.allowedTargets, receiverDoor?.target ?? ''].join(','))
  const sender = makeSender({
    allowList,
    lookup,
    clock,
    version,
    allowUnverifiedTls: config.allowUnverifiedTls,
    reveal,
  })
  started.defer(() => sender.close())

  const steadyClock = makeSteadyClock(clock)
  const book = makeLaneBook(steadyClock)
  const metrics = makeMetrics({ db, book, clock, version })
  // The engine sends from its first moment on, and what it meets may have to be recorded.
  const recorderMade = Promise.withResolvers<EventRecorder>()
  const engine =
    config.role === 'api'
      ? makeQuietEngine({ db, log, timers })
      : await startEngine({
          db,
          book,
          clock: steadyClock,
          timers,
          log,
          meter: metrics,
          version,
          sender,
          random: systemRandom,
          secretUses: makeSecretUses(db, clock),
          profileOf: makeProfileFinder(db),
          listen: () => listenDb.connect(),
          alone: embedded !== undefined,
          onReceiverGone: async (webhookId, reason) =>
            disableGoneWebhook(db, await recorderMade.promise, webhookId, reason),
        })
  started.defer(() => engine.drain())

  const disk = embedded === undefined ? undefined : watchDisk(embedded, log)
  if (disk !== undefined) started.defer(() => disk.stop())
  const guard = makeLoopGuard()
  const recorder: EventRecorder = {
    clock,
    memory: makeRuleMemory(),
    book,
    guard,
    onLoop(firing, eventId) {
      pauseLoopingAutomation(db, recorder, firing, eventId)
        .catch((error: unknown) => log.error('automation.not_paused', { error: String(error) }))
        .finally(() => guard.forget(firing.automationId))
    },
    onRecorded: metrics.recorded,
    handOver: engine.handOver,
    wake: engine.wake,
  }
  recorderMade.resolve(recorder)
  const webhooks: WebhookParts = {
    keyring,
    checkUrl: makeUrlCheck(allowList, lookup),
    wake: engine.wake,
    allowUnverifiedTls: config.allowUnverifiedTls,
  }
  const setUpCode = await deriveSetUpCode(db, keyring)
  const setUpGate = makeSetUpGate(db, clock, setUpCode)
  const redelivering = startRedeliveryLoop({ db, clock, log, wake: engine.wake })
  started.defer(() => redelivering.stop())
  const house: House = {
    version,
    clock,
    db,
    log,
    trustedProxies: config.trustedProxies,
    pagesFolder: existsSync(pagesFolder) ? pagesFolder : undefined,
    keyring,
    setUpGate,
    signInGate: makeSignInGate(db, clock),
    webhooks,
    tests: { ...webhooks, sender, limits: makeTestLimits(clock) },
    receiver: receiverDoor && { urlOf: receiverDoor.urlOf, arrivalsOf: receiver.arrivalsOf },
    deliverySearches: makeSearchLimits(clock),
    simulationTries: makeSimulationLimits(clock),
    eventDoor: makeEventDoor({ db, recorder, later }),
    registry: { recorder },
    deliveryVisibility,
    bulk: { visibility: deliveryVisibility, wake: engine.wake, nudge: redelivering.nudge },
    stream: makeStreamHub({ db, clock, log, later }),
    metrics: config.metricsToken === undefined ? undefined : { token: config.metricsToken, read: metrics.read },
    readiness: readinessOf(db, keyring),
    diskIsNearlyFull: () => disk?.isNearlyFull() ?? false,
  }
  const app = await buildApp(house, config.role === 'worker' ? [] : resources)
  await app.listen(config.listen)
  started.defer(() => app.close())
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.listen.port
  const url = publicUrlOf(config, port)
  log.info('server.listening', { url, role: config.role, version })
  return {
    url,
    firstStart: embedded?.firstStart ?? false,
    setUpCode: (await setUpGate.isNeeded()) ? setUpCode : undefined,
    setUp: (input) => setUpOrganization(db, input),
    stop: () => started.disposeAsync(),
  }
}

async function openKeys(db: Database, config: Config, log: Log): Promise<Keyring> {
  const { keyring, madeKeyFile } = await openKeyring(db, {
    masterKey: config.masterKey,
    masterKeysOld: config.masterKeysOld,
    keyFile: join(config.dataFolder, 'master.key'),
  })
  if (madeKeyFile !== undefined)
    log.warn('master_key.made', {
      file: madeKeyFile,
      try: 'keep a copy apart from the database: a backup without this key is worthless',
    })
  return keyring
}

function choresOf(db: Database, config: Config) {
  const graceDays = 7
  return [
    { name: 'sessions.dropped', run: () => dropEndedSessions(db) },
    { name: 'idempotency_keys.dropped', run: () => dropOldIdempotencyKeys(db) },
    {
      name: 'deliveries.expired',
      async run() {
        const before = new Date(systemClock.now().getTime() - (config.retentionDays - graceDays) * 24 * 3600_000)
        while ((await expireDeliveries(db, before)) === limits.expireRowsMax) continue
      },
    },
  ]
}

function readinessOf(db: Database, keyring: Keyring): ReadinessCheck[] {
  return [
    {
      name: 'database',
      check: async () => ((await ping(db)) ? undefined : 'the database cannot be reached'),
    },
    {
      name: 'master_key',
      check: () =>
        findMissingKeys(db, keyring).then(
          (missing) =>
            missing.length === 0
              ? undefined
              : `secrets were sealed with keys that are not at hand: ${missing.join(', ')}`,
          () => 'the database cannot be reached',
        ),
    },
  ]
}
