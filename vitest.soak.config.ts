import { defineConfig } from 'vitest/config'

/** Hours of faults with all books balanced at the end: `npm run soak`. */
export default defineConfig({
  test: {
    include: ['test/soak/**/*.test.ts'],
    testTimeout: 12 * 3600_000,
    maxWorkers: 1,
  },
})
