/** Korean readings of digits that end in a consonant: 영, 일, 삼, 육, 칠, 팔. */
const closedDigits = /[013678]$/
/** 일, 칠 and 팔 end in ㄹ, and so do words like *model*. */
const endsInL = /[178lLㄹ]$/
/** Latin words whose last letter closes a syllable; *event* is read 이벤트, and *secret* 시크릿. */
const closedLatin = /(?:[lmnkpb]|ng|[^nsc]t)$/i

/** `을/를`, `은/는`, `이/가`, `이에요/예요`, `으로/로`: the first after a consonant, the second after a vowel. */
export function withParticle(value: string, particles: string): string {
  const [afterConsonant = '', afterVowel = ''] = particles.split('/')
  const sound = value.replaceAll(/[^\p{L}\p{N}]+$/gu, '')
  const closed = isClosed(sound) && !(afterConsonant === '으로' && isEndingInL(sound))
  return `${value}${closed ? afterConsonant : afterVowel}`
}

function isClosed(sound: string): boolean {
  const consonant = finalConsonant(sound)
  if (consonant !== undefined) return consonant > 0
  return closedDigits.test(sound) || closedLatin.test(sound)
}

function isEndingInL(sound: string): boolean {
  const consonant = finalConsonant(sound)
  return consonant === undefined ? endsInL.test(sound) : consonant === rieul
}

const rieul = 8

/** Of a Hangul syllable: which consonant ends it, 0 for none; undefined when it is none. */
function finalConsonant(sound: string): number | undefined {
  const code = (sound.codePointAt(sound.length - 1) ?? 0) - 0xac00
  return code >= 0 && code < 11_172 ? code % 28 : undefined
}
