/**
 * Names, bodies and answers come from outside: a control character among them could rewrite the terminal, and a
 * direction mark could make a line read as another. They are shown as symbols instead; line ends and tabs stay.
 */
export function plain(text: string): string {
  return Array.from(text, showControl).join('')
}

function showControl(character: string): string {
  const code = character.codePointAt(0)!
  if (character === '\n' || character === '\t') return character
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  const isHidden = code < 0xa0 ? code >= 0x80 : /[\u202a-\u202e\u2066-\u2069\u2028\u2029]/.test(character)
  return isHidden ? '\ufffd' : character
}
