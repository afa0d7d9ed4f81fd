/**
 * Operations whose answers are kept nowhere, so that an `Idempotency-Key` means nothing to them: a test of a webhook shows
 * what the receiver answered, and of that one audit row is all that stays; a script of settings that are not saved shows
 * what was typed. By operationId.
 */
export const unkeptAnswers: ReadonlySet<string> = new Set([
  'testWebhook',
  'testUnstoredWebhook',
  'scriptChangedWebhook',
  'scriptUnstoredWebhook',
])
