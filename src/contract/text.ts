import * as z from 'zod'
import { whyNotKept } from './json-data.ts'

/** Text from outside: NUL characters and lone surrogates, which PostgreSQL and UTF-8 cannot keep, are refused. */
export function text(charsMax: number) {
  return z
    .string()
    .max(charsMax)
    .refine((value) => whyNotKept(value) === undefined, 'contains a NUL character or half of a surrogate pair')
}

/** How a thing is named in addresses and bodies: by its id or by its name. */
export const Ref = text(255).min(1)

/** Whether a text could be taken for the id of any noun (`usr_7`); names and ids share a place, so no name may. */
export function looksLikeId(text: string): boolean {
  return /^[a-z]{3,4}_[0-9]+$/.test(text)
}
