import { pickLanguage, type Language } from '../text/language.ts'
import type { Words } from '../text/words.ts'

const storageKey = 'signalbox-language'
const watchers = new Set<() => void>()

/** Each comes when it is needed. */
const words: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => (await import('../text/en.ts')).en,
  ko: async () => {
    // Some hundred small files, of which a browser takes those whose characters stand on the page.
    void import('../text/ko/fonts.ts')
    return (await import('../text/ko.ts')).ko
  },
}

async function speak(name: Language) {
  const spoken = { name, words: await words[name]() }
  document.documentElement.lang = name
  return spoken
}

let current = await speak(pickLanguage(stored(), navigator.languages))

/** The language the pages are in. */
export const language = {
  get: () => current,
  async choose(name: Language): Promise<void> {
    keep(name)
    current = await speak(name)
    for (const watcher of watchers) watcher()
  },
  watch(watcher: () => void): () => void {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
}

// A browser may refuse to keep anything: then the choice lasts as long as the page.
function stored(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function keep(chosen: Language): void {
  try {
    localStorage.setItem(storageKey, chosen)
  } catch {
    // As above.
  }
}
