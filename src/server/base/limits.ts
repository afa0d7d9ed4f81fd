/** Everything has a limit, and the limit has a name. Sizes in bytes, times in milliseconds. */
export const limits = {
  // the doors
  requestBytesMax: 1024 * 1024,
  batchRequestBytesMax: 64 * 1024 * 1024,
  pageItemsMax: 100,
  pageItemsDefault: 50,
  idempotencyKeyMsMax: 24 * 3600_000,

  // names and texts
  entityNameCharsMax: 64,
  projectNameCharsMax: 128,
  webhookNameCharsMax: 64,
  automationNameCharsMax: 255,
  secretNameCharsMax: 255,
  descriptionCharsMax: 4096,
  secretValueBytesMax: 64 * 1024,
  urlCharsMax: 2048,

  // events
  eventNameCharsMax: 255,
  eventSubjectCharsMax: 255,
  eventKeyCharsMax: 255,
  eventDataBytesMax: 64 * 1024,
  eventBatchMax: 1000,
  sharedCommitEventsMax: 256,
  sharedCommitWaitMs: 3,
  sharedCommitWaitingMax: 10_000,
  deliveriesPerEventMax: 10_000,

  // filters and templates
  filterClausesMax: 100,
  filterDepthMax: 10,
  patternCharsMax: 512,
  patternSubjectCharsMax: 4096,
  templateBytesMax: 64 * 1024,
  payloadBytesMax: 256 * 1024,
  patternProgramMax: 2_000,
  filterFieldCharsMax: 512,
  filterTextCharsMax: 4096,
  filterItemsMax: 1_000,
  reasonValueCharsMax: 80,
  reasonCharsMax: 500,
  templateDepthMax: 100,
  templatePathStepsMax: 32,
  mistakesMax: 50,

  // webhooks
  grantedSecretsMax: 50,
  signingSecretsMax: 5,
  customHeadersMax: 20,
  headerValueCharsMax: 4096,
  timeoutMsMax: 30_000,
  timeoutMsMin: 500,
  attemptsMax: 100,
  concurrencyMax: 1000,

  // deliveries
  responseBytesRead: 64 * 1024,
  responseBytesKeptOfFailure: 64 * 1024,
  responseBytesKeptOfSuccess: 4 * 1024,
  responseHeaderBytesMax: 16 * 1024,
  handoverMax: 4096,
  claimRowsMax: 256,
  sendingMax: 512,
  recordBatchMax: 256,
  recordRetryMs: 250,
  retryAfterMsMax: 24 * 3600_000,

  // leases and loops
  drainMs: 35_000,
  heartbeatMs: 3_000,
  leaseMs: 10_000,
  leaseMarginMs: 2_000,
  unknownToOwnerMs: 5_000,
  sweepMs: 5_000,
  sweepMsWithoutListen: 1_000,
  listenProofMs: 1_000,
  hintMsMin: 20,
  housekeepingMs: 3600_000,

  // the database
  statementMsMax: 10_000,
  txAttemptsMax: 3,
  poolConnectionsMax: 10,
} as const
