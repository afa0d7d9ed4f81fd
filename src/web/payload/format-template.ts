/**
 * Sets a template's JSON into lines, and changes nothing but the blanks between its tokens. What is not read for certain, as
 * a default with braces in it, stays as it is.
 */
export function formatTemplate(template: string): string {
  const tokens = template.match(token) ?? []
  if (template.replaceAll(token, '').trim() !== '') return template
  let depth = 0
  let formatted = ''
  for (const [index, now] of tokens.entries()) {
    const before = tokens[index - 1] ?? ''
    if (isValue(before) && isValue(now)) return template
    if (isClosing(now)) depth -= 1
    if (depth < 0) return template
    const breaks = before === ',' || (isOpening(before) !== isClosing(now) && before !== '')
    formatted += `${breaks ? `\n${'  '.repeat(depth)}` : before === ':' ? ' ' : ''}${now}`
    if (isOpening(now)) depth += 1
  }
  return depth === 0 ? formatted : template
}

const slot = /\$\{(?:"(?:[^"\\\n]|\\.)*"|[^}"\n])*\}/.source
const token = new RegExp(`"(?:${slot}|[^"\\\\\\n]|\\\\.)*"|${slot}|[{}[\\],:]|[^\\s{}[\\],:"$]+`, 'g')
const isOpening = (text: string): boolean => text === '{' || text === '['
const isClosing = (text: string): boolean => text === '}' || text === ']'
const isValue = (text: string): boolean => text !== '' && !'{}[],:'.includes(text)
