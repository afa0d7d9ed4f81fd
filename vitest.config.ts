import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['node_modules', 'dist', 'src/web', 'test/e2e', 'test/outages', 'test/soak'],
    globalSetup: ['test/support/database-server.ts'],
    // Of the slowest, which kill and restart processes; a machine under load takes several times as long.
    testTimeout: 180_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { shuffle: false },
  },
})
