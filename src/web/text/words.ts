import type { en } from './en.ts'

/** What every language has to say. */
export type Words = typeof en
