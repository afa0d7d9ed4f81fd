import { defineConfig } from 'vitest/config'

/** In a real browser, on what `npm run build:web` made: part of `npm test`, alone `npm run test:e2e`. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
    expect: { poll: { timeout: 30_000 } },
  },
})
