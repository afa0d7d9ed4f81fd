import type { Sentences } from '../../sentences.ts'

/** What a refusal of each type means: the text of its page. */
export const problemAbouts: Sentences = {
  'A mistake of ours. The request id leads the operator to the log line that says what happened.':
    'Signalbox의 잘못이에요. 운영자는 요청 ID로 로그에서 무슨 일이 있었는지 찾을 수 있어요.',
  'The database cannot be reached, or too much is waiting. Nothing of the request is known to be kept: send it again, with the same id or Idempotency-Key.':
    '데이터베이스에 연결할 수 없거나 기다리는 것이 너무 많아요. 요청이 저장됐는지 알 수 없으니 같은 ID나 Idempotency-Key로 다시 보내세요.',
  'The embedded database would run out of room. Reading and delivering go on; make room to write again.':
    '내장 데이터베이스의 공간이 모자라게 돼요. 읽기와 전달은 계속돼요. 다시 쓰려면 공간을 만드세요.',
  'The body is not JSON, or a header or the address is not well formed.':
    '본문이 JSON이 아니거나 헤더나 주소의 형식이 틀렸어요.',
  'Every mistake is listed in `errors`, each with a JSON pointer to the place it stands at. Nothing was changed.':
    '모든 오류가 `errors`에 그 위치를 가리키는 JSON 포인터와 함께 있어요. 바뀐 것은 없어요.',
  'The body is longer than this address takes. `detail` names the limit.':
    '본문이 이 주소가 받는 길이보다 길어요. 한도는 `detail`에 있어요.',
  'Send the body as `Content-Type: application/json`.': '본문을 `Content-Type: application/json`으로 보내세요.',
  'There is no such thing, or it is not yours to see.': '그런 것이 없거나 볼 권한이 없어요.',
  'The `Allow` header lists the methods that it takes.': '받는 메서드는 `Allow` 헤더에 있어요.',
  'Send an API key as `Authorization: Bearer <key>`. A revoked or unknown key is answered like none.':
    'API 키를 `Authorization: Bearer <key>`로 보내세요. 폐기됐거나 모르는 키는 키가 없을 때와 같은 응답을 받아요.',
  'You can see this, but changing it takes a role you do not have. `detail` names the role that could.':
    '볼 수는 있지만 바꾸려면 다른 역할이 필요해요. 필요한 역할은 `detail`에 있어요.',
  'A key stands for one request: method, address and body. Use a new key for a new request.':
    '키 하나는 요청 하나(메서드, 주소, 본문)를 뜻해요. 새 요청에는 새 키를 쓰세요.',
  'Wait for its answer, then repeat: the repeat gets the same answer.':
    '그 응답을 기다렸다가 다시 보내세요. 다시 보낸 요청도 같은 응답을 받아요.',
  'An `id` makes recording an event idempotent: the same event may be sent again under it, another may not.':
    '`id`가 있으면 event를 여러 번 보내도 한 번만 기록돼요. 같은 event는 그 ID로 다시 보낼 수 있지만 다른 event는 안 돼요.',
  'Names are unique in their place. Choose another, or change what has the name. The names of what was deleted are free.':
    '한 위치에서 이름은 하나뿐이에요. 다른 이름을 고르거나 그 이름을 가진 것을 바꾸세요. 삭제된 것의 이름은 쓸 수 있어요.',
  'A change names the `revision` it was made on, so that nobody overwrites what they have not seen. Read it again, then repeat the change with its present revision.':
    '보지 못한 것을 덮어쓰지 않도록, 변경에는 바탕이 된 `revision`을 함께 보내요. 다시 읽은 뒤 지금의 `revision`으로 다시 바꾸세요.',
  'Every user is listed in `errors`. Without it they stop working, with a reason that can be read there. If that is meant, repeat the request with `?force=true`.':
    '사용하는 곳이 모두 `errors`에 있어요. 이것이 없어지면 그것들은 멈추고, 그 이유는 거기에서 볼 수 있어요. 그래도 괜찮다면 `?force=true`로 다시 요청하세요.',
  'Only what has ended is redelivered. A delivery that waits can be tried now, or cancelled.':
    '끝난 전달만 다시 보낼 수 있어요. 기다리는 전달은 지금 시도하거나 취소할 수 있어요.',
  'It can neither be tried now nor cancelled any more. Redelivering makes a new one of it.':
    '이제 지금 시도할 수도, 취소할 수도 없어요. 다시 전달하면 새 전달이 돼요.',
  'Its webhook or its automation is paused, or its webhook is disabled. `detail` says which.':
    'webhook이나 자동화가 일시 중지됐거나 webhook이 비활성화됐어요. 어느 것인지는 `detail`에 있어요.',
  'What is under way cannot be called back. When the attempt fails the delivery waits again, and can be cancelled.':
    '보내고 있는 것은 되돌릴 수 없어요. 시도가 실패하면 전달이 다시 기다리고, 그때 취소할 수 있어요.',
  'It was stopped, or all of it is made ready. What it made goes on like every delivery; start another for more.':
    '중단됐거나 모두 준비됐어요. 이미 만든 전달은 다른 전달처럼 계속돼요. 더 보내려면 새로 시작하세요.',
  'The payload holds secrets, and the webhook that it is to go to lends others. `errors` names them: grant them to it, or choose another.':
    '페이로드에 secret이 있는데, 보낼 webhook에는 허용되지 않았어요. `errors`에 이름이 있어요. 허용하거나 다른 webhook을 고르세요.',
  'What sending it again would need is gone. `detail` names it, and what can be done instead.':
    '다시 보내는 데 필요한 것이 없어졌어요. 그것이 무엇이고 대신 무엇을 할 수 있는지는 `detail`에 있어요.',
  'The first organization is made once, by the operator. Its admins make its people, teams and registries.':
    '첫 조직은 운영자가 한 번만 만들어요. 사람, 팀, registry는 그 조직의 관리자가 만들어요.',
  'A server without an organization prints a code when it starts, on standard error, and whoever sets it up has to know it. Start it again to see the code, or use `signalbox db setup` on its machine.':
    '조직이 없는 서버는 시작할 때 표준 오류에 코드를 출력하고, 설정하는 사람은 그 코드를 알아야 해요. 서버를 다시 시작해서 코드를 보거나 그 컴퓨터에서 `signalbox db setup`을 쓰세요.',
  'Without an admin nobody could change anything. Make somebody else admin first.':
    '관리자가 없으면 아무도 아무것도 바꿀 수 없어요. 먼저 다른 사람을 관리자로 만드세요.',
  'A session counts for the pages of this server only. Programs send an API key instead of the cookie.':
    '세션은 이 서버의 페이지에서만 쓸 수 있어요. 프로그램은 쿠키 대신 API 키를 보내요.',
  'The name is unknown, or the password is wrong, or the account has no password: the answer is the same.':
    '이름을 모르거나 비밀번호가 틀렸거나 비밀번호가 없는 계정이에요. 어느 쪽이든 응답은 같아요.',
  'The cursor is from before the database was restored from a backup. Begin again without one; events keep their ids, so what was seen before can be told.':
    '데이터베이스를 백업에서 복원하기 전의 커서예요. 커서 없이 다시 시작하세요. event의 ID는 그대로여서 전에 본 것을 구별할 수 있어요.',
  'Wait as long as `Retry-After` says.': '`Retry-After`에 적힌 만큼 기다리세요.',
}
