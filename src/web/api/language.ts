import { pickLanguage, type Language } from '../text/language.ts'

const storageKey = 'signalbox-language'
const watchers = new Set<() => void>()
let current = pickLanguage(stored(), navigator.languages)
speak(current)

/** The language the pages are in. */
export const language = {
  get: (): Language => current,
  choose: (chosen: Language): void => {
    current = chosen
    speak(chosen)
    keep(chosen)
    for (const watcher of watchers) watcher()
  },
  watch: (watcher: () => void): (() => void) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  },
}

function speak(spoken: Language): void {
  document.documentElement.lang = spoken
  // Some hundred small files, of which a browser takes those whose characters stand on the page.
  if (spoken === 'ko') void import('../text/ko/fonts.ts')
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
