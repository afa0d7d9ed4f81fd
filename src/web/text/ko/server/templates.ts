import type { Sentences } from '../../sentences.ts'

/** Mistakes and remarks in payload templates. */
export const templates: Sentences = {
  '{size} KB is over the limit of {most} KB.': '{size} KB예요. {most} KB까지 쓸 수 있어요.',
  'The text starts with a byte order mark, which is no JSON. Remove it.':
    '텍스트가 바이트 순서 표시로 시작해요. JSON이 아니니 지우세요.',
  'Half of a character stands here (a lone surrogate). Remove it.':
    '여기에 문자의 절반만 있어요(서로게이트 하나). 지우세요.',
  'This text is never closed. Add `"`.': '텍스트가 닫히지 않았어요. `"`를 추가하세요.',
  'A control character stands here. Write {escape}.': '여기에 제어 문자가 있어요. {escape}처럼 쓰세요.',
  'Write `$${` for a literal `${`.': '`${` 글자 그대로는 `$${`로 쓰세요.',
  'Write `\\\\` for a backslash.': '역슬래시는 `\\\\`로 쓰세요.',
  '{escape} is no JSON escape.': '{escape:은/는} JSON에서 쓰는 표현이 아니에요.',
  '{word} without braces counts only inside quotes. Write {slot}.':
    '중괄호 없는 {word:은/는} 따옴표 안에서만 통해요. {slot}처럼 쓰세요.',
  '{word} is no JSON. A text stands in quotes.': '{word:은/는} JSON이 아니에요. 텍스트는 따옴표 안에 쓰세요.',

  'Expected a value here.': '여기에 값이 필요해요.',
  'Expected a value or `]` here.': '여기에 값이나 `]`가 필요해요.',
  'Expected a key in quotes here.': '여기에 따옴표로 묶은 키가 필요해요.',
  'Expected a key in quotes or `}` here.': '여기에 따옴표로 묶은 키나 `}`가 필요해요.',
  'Expected `:` here.': '여기에 `:`이 필요해요.',
  'Expected `,` or `}` here.': '여기에 `,`나 `}`가 필요해요.',
  'Expected `,` or `]` here.': '여기에 `,`나 `]`가 필요해요.',
  'Nothing may follow: the payload is one JSON value.': '페이로드는 JSON 값 하나예요. 뒤에는 아무것도 쓸 수 없어요.',
  'The payload is nested more than {most} deep.': '페이로드가 {most}단계보다 깊어요.',
  'A `${…}` without quotes is a whole value; as a key or beside text it stands in quotes.':
    '따옴표 없는 `${…}`는 값 전체예요. 키로 쓰거나 글자와 함께 쓸 때는 따옴표로 묶으세요.',
  'The key {key} is given twice; receivers keep only one.': '{key} 키가 두 번 있어요. 수신 서버는 하나만 남겨요.',

  '{slot} is never closed. Add `}`.': '{slot:이/가} 닫히지 않았어요. `}`를 추가하세요.',
  '`${}` is empty. Name a variable, or write `$${` for a literal `${`.':
    '`${}`가 비어 있어요. 변수 이름을 쓰세요. `${` 글자 그대로는 `$${`로 쓰세요.',
  'A `${…}` cannot stand inside another: values are not expanded again.':
    '`${…}` 안에 다른 `${…}`를 넣을 수 없어요. 값은 다시 바꾸지 않아요.',
  '{slot} does not start with a name of letters, digits and _, without blanks.':
    '{slot:은/는} 글자, 숫자, _로 된 이름으로 시작해야 해요. 빈칸은 쓸 수 없어요.',
  '{slot}: after the name may come `.key`, `["key"]`, `[0]` or `:-default`, but not {rest}.':
    '{slot}: 이름 뒤에는 `.key`, `["key"]`, `[0]`, `:-default`가 올 수 있어요. {rest:은/는} 올 수 없어요.',
  'The path of {slot} has more than {most} steps.': '{slot}의 경로가 {most}단계보다 길어요.',

  '{slot} is never there: {variable} has no parts.': '{slot}에는 값이 없어요. {variable} 변수에는 하위 값이 없어요.',
  '{slot} is never there: a secret has no parts.': '{slot}에는 값이 없어요. secret에는 하위 값이 없어요.',
  '{slot} takes no default: a secret that is missing fails the delivery.':
    '{slot}에는 기본값을 쓸 수 없어요. secret이 없으면 전달이 실패해요.',
  'This webhook has no access token, so {slot} cannot be filled.':
    '이 webhook에는 엑세스 토큰이 없어서 {slot:을/를} 채울 수 없어요.',
  'Did you mean {name}?': '{name} 이름을 뜻했나요?',
  '{slot} is neither a variable nor a secret granted to the webhook.':
    '{slot:은/는} 변수도, webhook에 허용된 secret도 아니에요.',
  '{slot} is the variable, not the secret of that name.': '{slot:은/는} 같은 이름의 secret이 아니라 변수예요.',
  '{slot} is blank for “{title}”.': '“{title:ko}” event에서 {slot:은/는} 빈 값이에요.',
}
