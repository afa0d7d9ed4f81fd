import { defineConfig } from 'vitest/config'

/** With PostgreSQL servers that are restarted, killed and promoted, and PgBouncer: `npm run test:faults`. */
export default defineConfig({
  test: {
    include: ['test/outages/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
})
