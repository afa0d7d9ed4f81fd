import type { Sentences } from '../../sentences.ts'

/** What the doors say of requests, whatever they are about. */
export const requests: Sentences = {
  'There is no body, and it takes a JSON object.': '본문이 없어요. JSON 객체가 필요해요.',
  'are more than {most} buckets: ask by the hour': '구간이 {most}개를 넘어요. 시간 단위로 물어보세요',
  'There is one mistake in the request.': '요청에 오류가 1개 있어요.',
  'There are {count} mistakes in the request.': '요청에 오류가 {count}개 있어요.',
  'is not known here': '여기에서 쓰지 않는 이름이에요',
  'is not known here; did you mean “{name}”?': '여기에서 쓰지 않는 이름이에요. “{name}” 이름을 뜻했나요?',
  'is missing': '값이 없어요',
  'is not right': '맞지 않아요',

  'Nothing is written until there is more room on the disk of the database.':
    '데이터베이스 디스크에 자리가 생길 때까지 아무것도 저장하지 않아요.',
  'No API key came with the request.': '요청에 API 키가 없었어요.',
  'This API key is unknown or was revoked.': '모르거나 폐기된 API 키예요.',
  'The session has ended.': '세션이 끝났어요.',
  'Signalbox itself is nobody.': 'Signalbox 자체는 사람이 아니에요.',
  'The first request with the key “{key}” has not been answered yet.':
    '“{key}” 키로 보낸 첫 요청이 아직 응답을 받지 못했어요.',
  'The key “{key}” stands for another request.': '“{key}” 키는 다른 요청에 쓰였어요.',
  'An Idempotency-Key has 1 to {most} characters.': 'Idempotency-Key는 1자에서 {most}자까지예요.',
  'The body is not UTF-8.': '본문이 UTF-8이 아니에요.',
  'The body has a member called __proto__ or constructor.prototype.':
    '본문에 __proto__ 또는 constructor.prototype 이름이 있어요.',
  'Nothing is at {method} {path}.': '{method} {path}에는 아무것도 없어요.',
  '{path} does not take {method}.': '{path} 주소는 {method} 메서드를 받지 않아요.',
  'The headers are too long.': '헤더가 너무 길어요.',
  'This is not HTTP, or the request did not arrive in time.': 'HTTP가 아니거나 요청이 제때 도착하지 않았어요.',
  'There is nothing of that name.': '그런 이름은 없어요.',
  'The address has mistakes.': '주소에 오류가 있어요.',
  'There is no problem called {type}.': '{type} 유형의 문제는 없어요.',
  'The database was lost while the change was being kept: it may or may not stand. Send it again under the same id or Idempotency-Key.':
    '변경을 저장하는 동안 데이터베이스 연결이 끊겼어요. 저장됐을 수도, 아닐 수도 있어요. 같은 ID나 Idempotency-Key로 다시 보내세요.',
  'The database cannot be reached; nothing was changed.': '데이터베이스에 연결할 수 없어요. 바뀐 것은 없어요.',
  'The database has no room left; nothing was changed.': '데이터베이스에 남은 자리가 없어요. 바뀐 것은 없어요.',
  'The database could not do it just now; nothing was changed.':
    '데이터베이스가 지금은 처리하지 못했어요. 바뀐 것은 없어요.',
  'The answer did not have the shape it promises.': '응답이 약속한 형식이 아니었어요.',
  'The request could not be handled; the operator finds the cause under this request id.':
    '요청을 처리하지 못했어요. 운영자가 이 요청 ID로 원인을 찾을 수 있어요.',
  'The request is not well formed.': '요청 형식이 올바르지 않아요.',
  'The body is longer than this address takes (most take {bytes} bytes).':
    '이 주소가 받는 것보다 본문이 길어요(대부분 {bytes}바이트까지 받아요).',
  'The Content-Type is not application/json.': 'Content-Type이 application/json이 아니에요.',
  'The Content-Type says JSON, but there is no body.': 'Content-Type은 JSON인데 본문이 없어요.',
  'The body is not valid JSON.': '본문이 올바른 JSON이 아니에요.',
  'Nothing has an address that long.': '그렇게 긴 주소는 없어요.',
  'The address is not well formed: a % stands before what is no UTF-8.':
    '주소 형식이 올바르지 않아요. % 뒤에 UTF-8이 아닌 것이 있어요.',
  'The body is not as long as Content-Length says.': '본문 길이가 Content-Length와 달라요.',
  'This request comes from {origin}, and only pages of {host} may ask for it.':
    '{origin}에서 온 요청이에요. {host}의 페이지만 보낼 수 있어요.',
  'The cursor is not one that a page ended with.': '페이지 끝에 있던 커서가 아니에요.',
  'Send the `next` of the page before, unchanged.': '앞 페이지의 `next` 값을 그대로 보내세요.',
  'The cursor is not one that came from here.': '여기에서 받은 커서가 아니에요.',
  'Send the `next` of the page before, or the `id` of the last message, unchanged.':
    '앞 페이지의 `next` 값이나 마지막 메시지의 `id` 값을 그대로 보내세요.',
  'The cursor is from before the database was restored.': '데이터베이스를 복원하기 전의 커서예요.',
  'Leave it out to begin again; events keep their ids.': '처음부터 시작하려면 빼세요. event의 ID는 그대로예요.',
  'You have {most} streams open here, and may not have more: end one of them first.':
    '스트림이 {most}개 열려 있어서 더 열 수 없어요. 먼저 하나를 끝내세요.',
  'More than {most} automations match: too many to sort by their deliveries.':
    '자동화가 {most}개 넘게 일치해요. 마지막 전달 순으로 정렬하기에는 너무 많아요.',
  'Narrow them down, by team or scope, or sort by name or created.':
    '팀이나 범위로 좁히거나, 이름순이나 만든 순으로 정렬하세요.',
  'Text is looked for in at most {days} days.': '글은 최대 {days}일 안에서 찾을 수 있어요.',
  'is missing: say since when': '언제부터인지 알려 주세요',
  'is more than {days} days before the end': '끝에서 {days}일보다 더 앞이에요',
  'Too many searches; wait {seconds} s.': '찾기를 너무 많이 했어요. {seconds}초 기다리세요.',
  'Too many streams are open here; come back in a moment.': '열린 스트림이 너무 많아요. 잠시 후 다시 오세요.',
}

/** Shapes, as their library tells of them. */
export const shapes: Sentences = {
  'Invalid input': '올바른 값이 아니에요',
  'Invalid input: expected {wanted}, received {given}': '{wanted:ko} 값이 필요한데 {given:ko} 값이 왔어요',
  'Invalid input: expected {wanted}, received undefined': '값이 없어요. {wanted:ko} 값이 필요해요',
  'Invalid input: expected {wanted}': '{wanted} 값이어야 해요',
  'Invalid input: more than one option matched': '두 가지 이상과 일치해요',
  'Invalid option: expected one of {options}': '다음 중 하나여야 해요: {options}',
  'Invalid discriminator value. Expected {options}': '다음 중 하나여야 해요: {options}',
  'Too big: expected string to have <={most} characters': '{most}자까지 쓸 수 있어요',
  'Too small: expected string to have >={least} characters': '{least}자 이상이어야 해요',
  'Too big: expected array to have <={most} items': '{most}개까지 쓸 수 있어요',
  'Too small: expected array to have >={least} items': '{least}개 이상이어야 해요',
  'Too big: expected {type} to be <={most}': '{most} 이하여야 해요',
  'Too small: expected {type} to be >={least}': '{least} 이상이어야 해요',
  'Too big: expected {type} to be <{most}': '{most}보다 작아야 해요',
  'Too small: expected {type} to be >{least}': '{least}보다 커야 해요',
  'Invalid string: must match pattern {pattern}': '{pattern} 정규식과 맞아야 해요',
  'Invalid string: must start with {start}': '{start} 글자로 시작해야 해요',
  'Invalid ISO datetime': 'ISO 형식의 날짜와 시각이 아니에요',
  'Invalid ISO date': 'ISO 형식의 날짜가 아니에요',
  'Invalid URL': '올바른 URL이 아니에요',
  'Invalid email address': '올바른 이메일 주소가 아니에요',
  'Invalid key in record': '올바른 이름이 아니에요',
  'Invalid number: must be a multiple of {step}': '{step}의 배수여야 해요',
  string: '텍스트',
  number: '숫자',
  int: '정수',
  boolean: 'true 또는 false',
  array: '목록',
  object: '객체',
  record: '객체',
  nonoptional: '비어 있지 않은',
  null: 'null',
  undefined: '빈',
  NaN: '숫자가 아닌',
}
