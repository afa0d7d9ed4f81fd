import { existsSync } from 'node:fs'

// The repository runs its sources; an installed package has only what was built of them.
const sources = new URL('../src/cli/main.ts', import.meta.url)
await import(existsSync(sources) ? sources.href : new URL('../dist/cli/main.js', import.meta.url).href)
