import { useSyncExternalStore } from 'react'
import { language } from '../api/language.ts'
import { en } from '../text/en.ts'
import { ko } from '../text/ko.ts'
import type { Language } from '../text/language.ts'
import type { Words } from '../text/words.ts'

const words: Readonly<Record<Language, Words>> = { en, ko }

/** The words of the reader's language. */
export function useText(): Words {
  return words[useLanguage()]
}

export function useLanguage(): Language {
  return useSyncExternalStore(language.watch, language.get)
}
