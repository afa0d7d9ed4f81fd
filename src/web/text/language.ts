export const languages = { en: 'English', ko: '한국어' } as const

/** Said in the language itself. */
export const showIn = { en: 'Show in English', ko: '한국어로 보기' } as const

export type Language = keyof typeof languages

export function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(languages, text)
}

/** What was chosen here, else the first of the browser's that there is, else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen
  return preferred.map((tag) => tag.split('-', 1)[0]!.toLowerCase()).find(isLanguage) ?? 'en'
}
