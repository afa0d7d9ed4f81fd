const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Twenty characters that are read out without mistakes: 100 bits, in four groups. */
export function makePassword(): string {
  const chosen = [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => letters[byte % letters.length])
  return [0, 5, 10, 15].map((from) => chosen.slice(from, from + 5).join('')).join('-')
}
