import * as z from 'zod'
import { whyNotKept } from './json-data.ts'

/** Text from outside: NUL characters and lone surrogates, which PostgreSQL and UTF-8 cannot keep, are refused. */
export function text(charsMax: number) {
  return z
    .string()
    .max(charsMax)
    .refine((value) => whyNotKept(value) === undefined, 'contains a NUL character or half of a surrogate pair')
}
