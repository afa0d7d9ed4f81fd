import { useSyncExternalStore } from 'react'
import { language } from '../api/language.ts'
import type { Language } from '../text/language.ts'
import type { Words } from '../text/words.ts'

/** The words of the reader's language. */
export function useText(): Words {
  return useSyncExternalStore(language.watch, language.get).words
}

export function useLanguage(): Language {
  return useSyncExternalStore(language.watch, language.get).name
}
