/** Why an event did not pass a filter: `alias is "staging", expected /^prod/`; several are parted by semicolons. */
export function spellMismatch(english: string): string | undefined {
  const misses = cutOutside(english, '; ').map(spellMiss)
  return misses.every((miss) => miss !== undefined) ? misses.join('; ') : undefined
}

function spellMiss(miss: string): string | undefined {
  const [found = '', ...expected] = cutOutside(miss, ', expected ')
  const said = spellFound(found)
  if (said === undefined || expected.length === 0) return said
  const wanted = cutOutside(expected.join(', expected '), ' or ').map(spellTest)
  return `${said}, 기대한 값은 ${wanted.join(' 또는 ')}`
}

function spellFound(found: string): string | undefined {
  const excluded = /^excluded, because (.+)$/s.exec(found)?.[1]
  if (excluded !== undefined) return `제외 조건에 해당: ${cutOutside(excluded, ' and ').map(spellClause).join(', ')}`
  const missing = /^([\w.$-]+) is missing$/.exec(found)?.[1]
  if (missing !== undefined) return `${missing} 값이 없음`
  const [, field, most] = /^(\S+) is longer than (\d+) characters, which no pattern is tried on$/.exec(found) ?? []
  if (field !== undefined) return `${field} 값이 ${most}자보다 길어 정규식과 비교하지 않음`
  const [, name, value] = /^(\S+) is (["[{\d-].*|true|false|null|a \w+)$/s.exec(found) ?? []
  return name === undefined ? undefined : `${name} 값은 ${value}`
}

function spellClause(clause: string): string {
  if (clause === 'it denies everything') return '모두 제외'
  const logical = /^its (\S+) holds$/.exec(clause)?.[1]
  if (logical !== undefined) return `${logical} 조건이 맞음`
  const [, field, test] = /^(\S+) is (.+)$/s.exec(clause) ?? []
  return field === undefined ? spellTest(clause) : `${field} 값이 ${spellTest(test!)}`
}

const tests: readonly (readonly [pattern: RegExp, said: (value: string) => string])[] = [
  [/^not (.+)$/s, (value) => `${cutOutside(value, ' and ').map(spellTest).join(', ')} 아님`],
  [/^greater than (.+)$/s, (value) => `${value} 초과`],
  [/^at least (.+)$/s, (value) => `${value} 이상`],
  [/^less than (.+)$/s, (value) => `${value} 미만`],
  [/^at most (.+)$/s, (value) => `${value} 이하`],
  [/^one of (.+)$/s, (value) => `${value} 중 하나`],
  [/^none of (.+)$/s, (value) => `${value} 이외의 값`],
  [/^all of (.+)$/s, (value) => `${value} 모두`],
  [/^text containing (.+)$/s, (value) => `${value} 포함`],
  [/^a list of (\d+)$/, (value) => `항목이 ${value}개인 목록`],
  [/^(present)$/, () => '있음'],
  [/^(missing)$/, () => '없음'],
]

function spellTest(test: string): string {
  for (const [pattern, said] of tests) {
    const value = pattern.exec(test)?.[1]
    if (value !== undefined) return said(value)
  }
  return test
}

/** Cuts at a separator, but not inside texts in quotes and patterns between slashes. */
function cutOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length;) {
    if (text.startsWith(separator, at)) {
      parts.push(text.slice(from, at))
      at += separator.length
      from = at
    } else at += lengthOfValue(text.slice(at), text[at - 1])
  }
  return [...parts, text.slice(from)]
}

function lengthOfValue(rest: string, before: string | undefined): number {
  const quoted = /^"(?:[^"\\]|\\.)*"/s.exec(rest)
  const pattern = before === undefined || before === ' ' ? /^\/.*?\/(?=$|; | or | and )/s.exec(rest) : null
  return (quoted ?? pattern)?.[0].length ?? 1
}
