import type { Sentences } from '../../sentences.ts'

/** Titles of refusals, and what a browser says when there was no answer. */
export const problems: Sentences = {
  'Something went wrong on our side': 'Signalbox에서 문제가 생겼어요',
  'Signalbox cannot answer right now': '지금은 Signalbox가 응답할 수 없어요',
  'The disk is nearly full': '디스크가 거의 찼어요',
  'The request cannot be read': '요청을 읽을 수 없어요',
  'The request has mistakes': '요청에 오류가 있어요',
  'The request is too large': '요청이 너무 커요',
  'Only JSON is understood': 'JSON만 받아요',
  'Not found': '찾을 수 없어요',
  'This address does not take that method': '이 주소는 그 메서드를 받지 않아요',
  'Who is asking?': '로그인이 필요해요',
  'Not allowed': '권한이 없어요',
  'This Idempotency-Key was used for another request': '이 Idempotency-Key는 다른 요청에 쓰였어요',
  'The first request with this Idempotency-Key is still running':
    '이 Idempotency-Key로 보낸 첫 요청을 아직 처리하고 있어요',
  'This event id was used for another event': '이 event ID는 다른 event에 쓰였어요',
  'This name is taken': '이미 쓰는 이름이에요',
  'It was changed by somebody else': '다른 사람이 먼저 바꿨어요',
  'It is in use': '사용 중이에요',
  'The delivery has not ended': '전달이 끝나지 않았어요',
  'The delivery has ended': '전달이 끝났어요',
  'The delivery is held': '전달이 보류 중이에요',
  'The delivery is being sent': '전달을 보내는 중이에요',
  'It cannot be sent again': '다시 보낼 수 없어요',
  'The webhook lends no such secret': 'webhook에 허용되지 않은 secret이에요',
  'Signalbox is set up already': 'Signalbox는 이미 설정됐어요',
  'An organization keeps an admin': '조직에는 관리자가 있어야 해요',
  'The set-up code is not right': '설정 코드가 맞지 않아요',
  'This comes from another site': '다른 사이트에서 온 요청이에요',
  'Not signed in': '로그인하지 못했어요',
  'The history is another one since': '그 뒤로 이력이 바뀌었어요',
  'Too many requests': '요청이 너무 많아요',

  ServerUnreachable: 'Signalbox에 연결할 수 없어요',
  UnexpectedAnswer: '예상하지 못한 응답이에요',
  TypeError: '페이지에 오류가 있어요',
  Error: '페이지에 오류가 있어요',
  'nothing answers at {url}': '{url} 주소에서 응답이 없어요',
  'no answer came within {seconds} s at {url}': '{url} 주소에서 {seconds}초 안에 응답이 없었어요',
  '{url} redirects elsewhere; name the address it redirects to':
    '{url} 주소는 다른 곳으로 보내요. 마지막 주소를 쓰세요',
  'what answers at {url} is no Signalbox (status {status})':
    '{url} 주소에서 응답한 것은 Signalbox가 아니에요(상태 {status})',
  '{method} {path} was answered in a shape not known here: {places}':
    '{method} {path} 요청의 응답을 읽을 수 없어요. 페이지를 새로 고치세요: {places:ko}',
  '“{ref}” is no name and no id.': '{ref:은/는} 이름도 ID도 아니에요.',
}
