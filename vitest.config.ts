import { defineConfig } from 'vitest/config'

/** What brings a database of its own, or asks nothing of one: on another server it would run the same a second time. */
const notOfAServer = [
  'test/{package,repository,server-words,words}.test.ts',
  'test/cli/**',
  'test/web/**',
  'test/faults/embedded-*.test.ts',
  'test/faults/kill-embedded.test.ts',
]
const left = ['node_modules', 'dist', 'src/web', 'test/e2e', 'test/outages', 'test/soak']
const isOnAServer = (process.env['SIGNALBOX_TEST_DATABASE_URL'] ?? '') !== ''

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: isOnAServer ? [...left, ...notOfAServer] : left,
    globalSetup: ['test/support/database-server.ts'],
    // Of the slowest, which kill and restart processes; a machine under load takes several times as long.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { shuffle: false },
  },
})
