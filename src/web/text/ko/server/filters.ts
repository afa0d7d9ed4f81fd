import type { Sentences } from '../../sentences.ts'

/** Mistakes in filters. */
export const filters: Sentences = {
  'The filter has mistakes.': '필터에 오류가 있어요.',
  'A filter is a JSON object.': '필터는 JSON 객체예요.',
  'A filter is a JSON object, for example {example}.': '필터는 JSON 객체예요. 예: {example}.',
  'The filter is nested more than {most} deep.': '필터가 {most}단계보다 깊어요.',
  'The filter has more than {most} conditions.': '필터의 조건이 {most}개를 넘어요.',
  '{name} takes a list of filters.': '{name}에는 필터 목록이 필요해요.',
  'An empty `$or` lets no event pass. Name at least one filter.':
    '빈 `$or`는 어떤 event도 통과시키지 않아요. 필터를 하나 이상 쓰세요.',
  '{name} stands inside a field: {example}.': '{name:은/는} 필드 안에 쓰세요: {example}.',
  '{name} stands around fields: {example}.': '{name:은/는} 필드 바깥에 쓰세요: {example}.',
  '{name} is no operator.': '{name:은/는} 연산자가 아니에요.',
  '{name} is no operator. Operators start with `$`; to compare with an object use `$eq`.':
    '{name:은/는} 연산자가 아니에요. 연산자는 `$`로 시작해요. 객체와 비교하려면 `$eq`를 쓰세요.',
  '{field} is no field of this event type.': '{field:은/는} 이 event 유형의 필드가 아니에요.',
  'The fields are {names}.': '쓸 수 있는 필드: {names}.',
  '{field} has no parts: nothing stands below it.': '{field} 필드에는 하위 값이 없어요.',
  'Name what stands below {field}, or leave out the dot.': '{field} 아래의 이름을 쓰거나 점을 빼세요.',
  '{name} takes a number, a text, true or false.': '{name}에는 숫자, 텍스트, true 또는 false가 필요해요.',
  '{name} takes a list of values.': '{name}에는 값 목록이 필요해요.',
  '`$exists` takes true or false.': '`$exists`에는 true 또는 false가 필요해요.',
  '`$contains` takes a text that is not empty.': '`$contains`에는 비어 있지 않은 텍스트가 필요해요.',
  '`$size` takes a whole number from 0.': '`$size`에는 0 이상의 정수가 필요해요.',
  '`$not` inside a field takes tests, for example {example}.': '필드 안의 `$not`에는 검사가 필요해요. 예: {example}.',
  '`$regex` takes a pattern as text.': '`$regex`에는 텍스트로 된 정규식이 필요해요.',
  'The patterns of this filter are too large together. Use smaller counts in `{…}`, or fewer patterns.':
    '필터의 정규식을 합치면 너무 커요. `{…}`의 횟수나 정규식 수를 줄이세요.',
  '`$options` is not known. Write `(?i)` at the start of the pattern to ignore case.':
    '`$options`는 쓸 수 없어요. 대소문자를 무시하려면 정규식 앞에 `(?i)`를 쓰세요.',
  'The values of this filter have more than {most} items together.': '필터의 값을 합치면 {most}개를 넘어요.',
  'The name of a field has at most {most} characters.': '필드 이름은 {most}자까지예요.',
  'A value is nested more than {most} deep.': '값이 {most}단계보다 깊어요.',
  'A text has at most {most} characters here.': '여기에는 텍스트를 {most}자까지 쓸 수 있어요.',
  'A text cannot hold NUL or half of a character (a lone surrogate).':
    '텍스트에 NUL이나 문자의 절반(서로게이트 하나)을 쓸 수 없어요.',
  'A number must be finite.': '숫자는 유한해야 해요.',
  'Only JSON can stand in a filter.': '필터에는 JSON만 쓸 수 있어요.',

  'The pattern is longer than {most} characters.': '정규식이 {most}자보다 길어요.',
  '{pattern} is no pattern: {fault}.': '{pattern:은/는} 정규식이 아니에요: {fault:ko}.',
  '{pattern} refers back to a group, which would take unbounded time. Spell out the alternatives.':
    '{pattern:은/는} 앞의 그룹을 다시 가리켜요. 시간이 끝없이 걸릴 수 있으니 경우를 모두 풀어 쓰세요.',
  '{pattern} looks around or is atomic, which would take unbounded time. Put the condition into a test of its own, for example under `$not`.':
    '{pattern:은/는} 앞뒤를 살피거나 원자 그룹을 써요. 시간이 끝없이 걸릴 수 있으니 `$not`처럼 별도의 검사로 쓰세요.',
}

/** What the library of patterns finds wrong, each with the part it means. */
export const patternFaults: Sentences = {
  'invalid escape sequence: {part}': '쓸 수 없는 이스케이프예요: {part}',
  'invalid character class range: {part}': '잘못된 문자 범위예요: {part}',
  'missing closing ]: {part}': '닫는 ]가 없어요: {part}',
  'missing closing ): {part}': '닫는 )가 없어요: {part}',
  'unexpected ): {part}': '여는 괄호가 없는 )예요: {part}',
  'missing argument to repetition operator: {part}': '반복할 대상이 없어요: {part}',
  'invalid repeat count: {part}': '잘못된 반복 횟수예요: {part}',
  'invalid nested repetition operator: {part}': '반복을 겹쳐 쓸 수 없어요: {part}',
  'trailing backslash at end of expression': '역슬래시로 끝나요',
  'invalid or unsupported Perl syntax: {part}': '쓸 수 없는 문법이에요: {part}',
  'invalid named capture: {part}': '잘못된 그룹 이름이에요: {part}',
  'duplicate capture group name: {part}': '그룹 이름이 두 번 있어요: {part}',
  'expression nests too deeply': '너무 깊이 겹쳐요',
  'expression too large': '너무 커요',
}
