import { en } from '../text/en.ts'

/** The words of the reader's language. */
export function useText(): typeof en {
  return en
}
