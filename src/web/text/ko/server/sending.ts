import type { Sentences } from '../../sentences.ts'

/** What came of a request. */
export const outcomes: Sentences = {
  'the request is none that HTTP can carry': 'HTTP로 보낼 수 없는 요청이에요',
  'the receiver’s certificate was issued by an authority that is not trusted ({code})':
    '수신 서버의 인증서를 발급한 기관을 신뢰하지 않아요({code})',
  'the receiver’s certificate is signed by itself, and not trusted ({code})':
    '수신 서버의 인증서는 스스로 서명한 것이라 신뢰하지 않아요({code})',
  'the receiver’s certificate has expired ({code})': '수신 서버의 인증서가 만료됐어요({code})',
  'the receiver’s certificate is not valid yet ({code})': '수신 서버의 인증서가 아직 유효하지 않아요({code})',
  'the receiver’s certificate names another host ({code})': '수신 서버의 인증서가 다른 호스트의 것이에요({code})',
  'the receiver’s certificate was not acceptable ({code})': '수신 서버의 인증서를 받아들일 수 없어요({code})',
  'the receiver does not speak TLS as it should ({code})': '수신 서버의 TLS 통신이 올바르지 않아요({code})',
  'the answer was not valid HTTP': '응답이 올바른 HTTP가 아니었어요',
  'the answer was not valid HTTP ({code})': '응답이 올바른 HTTP가 아니었어요({code})',
  'the connection failed ({code})': '연결에 실패했어요({code})',
  'the connection failed (no code)': '연결에 실패했어요',
  'the connection was refused': '연결이 거부됐어요',
  'the host cannot be reached': '호스트에 닿을 수 없어요',
  'the network cannot be reached': '네트워크에 닿을 수 없어요',
  'the connection was not answered': '연결 요청에 응답이 없었어요',
  'the receiver broke the connection off': '수신 서버가 연결을 끊었어요',
  'the headers of the answer are too long': '응답의 헤더가 너무 길어요',
  'the answer is far longer than what is read of it': '응답이 읽는 한도보다 훨씬 길어요',
  'the answer is not as long as it said': '응답의 길이가 알려 준 것과 달라요',
  'the receiver does not speak TLS as it should': '수신 서버의 TLS 통신이 올바르지 않아요',
  'the name was not resolved within {seconds} s': '{seconds}초 안에 이름의 주소를 찾지 못했어요',
  'the connection was not answered within {seconds} s': '{seconds}초 안에 연결 요청에 응답이 없었어요',
  'the TLS handshake did not end within {seconds} s': '{seconds}초 안에 TLS 연결 절차가 끝나지 않았어요',
  'no answer came within {seconds} s': '{seconds}초 안에 응답이 오지 않았어요',
  'the answer began with {status} and did not end within {seconds} s':
    '응답이 {status:으로/로} 시작했지만 {seconds}초 안에 끝나지 않았어요',
  'the webhook does not verify certificates, which the operator does not allow ({setting})':
    'webhook이 인증서를 검증하지 않는데 운영자가 허용하지 않아요({setting})',
  'secrets the request needs are gone, or no longer granted to the webhook: {names}':
    '요청에 필요한 secret이 사라졌거나 webhook에 더는 허용되지 않아요: {names}',
  'the address of the webhook is no http(s) address': 'webhook의 주소가 http나 https 주소가 아니에요',
  'nothing can be sent to port 0': '포트 0으로는 보낼 수 없어요',
  'a custom header cannot have the name {name}': '직접 추가한 헤더의 이름으로 {name:을/를} 쓸 수 없어요',
  'the header {name} has characters that no header can hold': '{name} 헤더에 쓸 수 없는 문자가 있어요',
  'the process that was sending it ended; the request may or may not have arrived':
    '보내던 프로세스가 끝났어요. 요청이 도착했을 수도, 아닐 수도 있어요',
  'the answer could not be kept': '응답을 저장하지 못했어요',
}

/** Why a delivery is where it is. */
export const deliveries: Sentences = {
  'the receiver answered {status}': '수신 서버가 {status:으로/로} 응답했어요',
  'the receiver answered 410 Gone': '수신 서버가 410(없어짐)으로 응답했어요',
  'every attempt has failed for {count} days; of the last one: {reason}':
    '{count}일 동안 모든 시도가 실패했어요. 마지막 시도: {reason:ko}',
  '{reason}, and all {count} attempts are used up': '{reason:ko}. 시도 {count}번을 모두 썼어요',
  'the action is a no-op: nothing was sent': '기록만 하는 액션이라 아무것도 보내지 않았어요',
  'one event makes at most {most} deliveries': 'event 1건은 전달을 {most}건까지 만들어요',
  'the payload has {bytes} bytes, and at most {most} are sent':
    '페이로드가 {bytes}바이트예요. {most}바이트까지 보낼 수 있어요',
  'the webhook was deleted': 'webhook이 삭제됐어요',
  'the webhook is disabled': 'webhook이 비활성화돼 있어요',
  'the webhook is disabled: {reason}': 'webhook이 비활성화돼 있어요: {reason:ko}',
  'the webhook uses secrets that are gone': 'webhook이 사라진 secret을 써요',
  'the webhook uses secrets that are gone: {names}': 'webhook이 사라진 secret을 써요: {names}',
  'the webhook is paused or disabled': 'webhook이 일시 중지되거나 비활성화돼 있어요',
  'the automation is paused': '자동화가 일시 중지돼 있어요',
  'the automation was deleted while it was paused': '자동화가 일시 중지된 동안 삭제됐어요',
  'it waited longer than the history is kept': '이력 보관 기간보다 오래 기다렸어요',
  cancelled: '취소됐어요',
  'cancelled by {person}': '{person} 계정이 취소했어요',

  'It is held because {reason}. Resume that, and it is sent.': '보류 중이에요: {reason:ko}. 재개하면 보내요.',
  'The delivery has ended; redeliver it to have it sent again.': '끝난 전달이에요. 다시 보내려면 다시 전달하세요.',
  'An attempt is under way; repeat this when the delivery waits again.':
    '지금 시도하고 있어요. 전달이 다시 대기할 때 취소하세요.',
  'The delivery has ended: there is nothing to cancel.': '끝난 전달이라 취소할 것이 없어요.',
  'The delivery has not ended: try it now, or cancel it.': '아직 끝나지 않은 전달이에요. 지금 시도하거나 취소하세요.',
  'Nothing was rendered for it: redeliver it anew instead.':
    '만들어 둔 페이로드가 없어요. 새 페이로드로 다시 전달하세요.',
  'Nothing was rendered for it, because {reason}: redeliver it anew instead.':
    '만들어 둔 페이로드가 없어요: {reason:ko}. 새 페이로드로 다시 전달하세요.',
  'Its automation was deleted: redeliver the same instead.': '자동화가 삭제됐어요. 같은 페이로드로 다시 전달하세요.',
  'Its automation sends nothing any more: redeliver the same instead.':
    '자동화가 이제 아무것도 보내지 않아요. 같은 페이로드로 다시 전달하세요.',
  'Its event has left the history: redeliver the same instead.':
    'event가 이력에서 지워졌어요. 같은 페이로드로 다시 전달하세요.',
  'The payload has {bytes} bytes now, and at most {most} are sent.':
    '페이로드가 이제 {bytes}바이트예요. {most}바이트까지 보낼 수 있어요.',
  'Redelivering to it': '이 webhook으로 다시 전달',
  'The payload holds secrets that {webhook} does not lend: {names}.':
    '페이로드에 {webhook} webhook에 허용되지 않은 secret이 있어요: {names}.',
  'does not lend {name}': '{name} secret이 허용되지 않았어요',
  'takes the payload as it was: what is rendered anew goes where the automation says':
    '페이로드를 그대로 보낼 때만 쓸 수 있어요. 새로 만든 것은 자동화가 정한 곳으로 가요',
  'Its automation’s action was a no-op: there is nothing to send.': '기록만 하는 액션이라 보낼 것이 없어요.',
  'Its webhook is disabled: {reason}. Enable it first.': 'webhook이 비활성화돼 있어요: {reason:ko}. 먼저 켜세요.',
  'Say whose deliveries: of a team, webhook, automation, project or event.':
    '무엇의 전달인지 정하세요: 팀, webhook, 자동화, 프로젝트, event 중 하나예요.',
  'is missing, and so are webhook, automation, project and event':
    '값이 없어요. webhook, 자동화, 프로젝트, event도 없어요',
  'Say whose deliveries: by exactly one of {nouns} and {last}.': '무엇의 전달인지 {nouns}, {last} 중 하나로 정하세요.',
}

/** What to do about a failed test. */
export const advice: Sentences = {
  '{status} rejected': '{status} 거부됨',
  'Name not found': '주소를 찾을 수 없음',
  'Connection refused': '연결 거부됨',
  'No connection': '연결할 수 없음',
  'Certificate not trusted': '신뢰할 수 없는 인증서',
  'TLS failed': 'TLS 연결 실패',
  'Connection lost': '연결 끊김',
  'Answer not understood': '알 수 없는 응답',
  'No answer about the name': '이름 조회에 응답 없음',
  'No connection in time': '제한 시간 내 연결 없음',
  'No TLS in time': '제한 시간 내 TLS 연결 없음',
  'No answer in time': '제한 시간 내 응답 없음',
  'Answer not ended in time': '제한 시간 내 응답이 끝나지 않음',
  'Refused by the guard': '가드가 차단함',
  'Could not fill the request': '요청을 채울 수 없음',
  'Payload too large': '너무 큰 페이로드',
  'Setting not possible': '쓸 수 없는 설정',
  'Webhook deleted': '삭제된 webhook',
  'Certificates not verified': '인증서를 검증하지 않음',
  'Redirected, not followed': '리디렉션(따르지 않음)',
  'Asked to wait': '기다려 달라고 함',
  'Gone for good': '영영 없어짐',
  'Too large for the receiver': '수신 서버에 너무 큼',
  'Nothing was sent: {reason}.': '아무것도 보내지 않았어요: {reason:ko}.',
  'The receiver answered {status}, and only 2xx counts as taken.':
    '수신 서버가 {status:으로/로} 응답했어요. 200번대 응답만 받은 것으로 쳐요.',
  'Check the spelling of the host name, and that the server of Signalbox can resolve it.':
    '호스트 이름의 철자와, Signalbox 서버가 그 이름의 주소를 찾을 수 있는지 확인하세요.',
  'Check host and port, that the receiver runs, and that no firewall stands between it and Signalbox.':
    '호스트와 포트가 맞는지, 수신 서버가 실행 중인지, 중간에 방화벽이 없는지 확인하세요.',
  'Check that the receiver’s certificate is valid, names this host and is complete. One of your own authority is trusted when the webhook holds its certificates (`tls.ca`).':
    '수신 서버의 인증서가 유효하고 완전하며 이 호스트의 것인지 확인하세요. 직접 쓰는 인증 기관은 webhook에 그 인증서(`tls.ca`)를 넣으면 신뢰해요.',
  'The receiver, or something before it, closed the connection. Its log may say why.':
    '수신 서버나 그 앞의 장비가 연결을 닫았어요. 그쪽 로그에서 이유를 찾아보세요.',
  'What answers there does not speak HTTP as expected. Check scheme (http or https) and port.':
    '응답한 쪽이 올바른 HTTP를 쓰지 않아요. http와 https, 포트를 확인하세요.',
  'The server of Signalbox got no answer about the name. Check the name, and its name servers.':
    'Signalbox 서버가 이름의 주소를 받지 못했어요. 이름과 네임 서버를 확인하세요.',
  'Something drops what is sent there, mostly a firewall. Check host and port, and that Signalbox may reach them.':
    '보낸 것이 중간에서 버려져요. 대개 방화벽 때문이에요. 호스트와 포트, Signalbox에서 닿을 수 있는지 확인하세요.',
  'Something answers there and does not speak TLS. Check scheme (http or https) and port.':
    '응답한 쪽이 TLS를 쓰지 않아요. http와 https, 포트를 확인하세요.',
  'The receiver should answer at once and work afterwards. `timeout_ms` may be up to 30 s.':
    '수신 서버는 먼저 응답하고 나중에 일하는 것이 좋아요. 제한 시간은 30초까지 늘릴 수 있어요.',
  'The receiver should end its answer at once and work afterwards. `timeout_ms` may be up to 30 s.':
    '수신 서버는 응답을 바로 끝내고 나중에 일하는 것이 좋아요. 제한 시간은 30초까지 늘릴 수 있어요.',
  'Use an address outside, or have the operator add it to the setting that is named.':
    '외부 주소를 쓰거나, 운영자에게 위 설정에 추가해 달라고 하세요.',
  'Create the secret that is named in the team’s secrets, and grant it to the webhook.':
    '위 secret을 팀 secret에 추가하고 webhook에 허용하세요.',
  'Leave out what the receiver does not need, or name single values instead of all metadata.':
    '수신 서버에 필요 없는 것을 빼거나, 메타데이터 전체 대신 값을 하나씩 쓰세요.',
  'Correct the setting that is named.': '위 설정을 고치세요.',
  'It was deleted meanwhile. Create it again.': '그사이 삭제됐어요. 다시 만드세요.',
  'Have the operator set what is named, or better, give the certificates of your own authority in `tls.ca`.':
    '직접 쓰는 인증 기관의 인증서를 `tls.ca`에 넣으세요. 아니면 운영자에게 위 설정을 켜 달라고 하세요.',
  'The receiver does not take this payload. Compare it with what its documentation asks for; the answer may say what is missing.':
    '수신 서버가 이 페이로드를 받지 않아요. 그쪽 문서와 비교하세요. 무엇이 빠졌는지 응답에 나올 수 있어요.',
  'It does not know the access token, or got none. Check which secret is the access token, and its value.':
    '엑세스 토큰을 모르거나 받지 못했어요. 어느 secret이 엑세스 토큰인지와 그 값을 확인하세요.',
  'It knows who asks and does not allow it. The token may lack a right, or the signature may be checked with another secret or encoding.':
    '누가 보냈는지 알지만 허용하지 않아요. 토큰에 권한이 없거나, 다른 secret이나 형식으로 서명을 확인하는 것일 수 있어요.',
  'Check the path. Some services answer 404 to a token that may not see the thing.':
    '경로를 확인하세요. 볼 권한이 없는 토큰에 404로 응답하는 서비스도 있어요.',
  'It does not take POST at this address. Check the path.': '이 주소에서 POST를 받지 않아요. 경로를 확인하세요.',
  'It gave up waiting for the request; deliveries are tried again.':
    '수신 서버가 요청을 기다리다 그만뒀어요. 전달은 다시 시도해요.',
  'It says that it is gone for good. A delivery that meets this disables the webhook.':
    '영영 없어졌다고 해요. 전달 중에 이 응답을 받으면 webhook이 비활성화돼요.',
  'The payload is too large for it.': '페이로드가 너무 커요.',
  'It does not take `Content-Type: application/json`.': '`Content-Type: application/json` 요청을 받지 않아요.',
  'It understood the payload and does not accept its content. The answer may say what.':
    '페이로드를 읽었지만 내용을 받아들이지 않아요. 이유가 응답에 나올 수 있어요.',
  'The receiver has to speak TLS 1.2 or newer there. Check scheme (http or https) and port.':
    '수신 서버가 TLS 1.2 이상을 써야 해요. http와 https, 포트를 확인하세요.',
  'Check the address, and that the network of Signalbox has a way to it.':
    '주소가 맞는지, Signalbox의 네트워크에서 닿을 수 있는지 확인하세요.',
  'It is not ready for this request yet; deliveries are tried again.':
    '아직 이 요청을 처리할 준비가 안 됐어요. 전달은 다시 시도해요.',
  'It is asked too often; deliveries wait as long as it says. A rate limit on the webhook keeps below that.':
    '요청이 너무 잦아요. 전달은 수신 서버가 말한 만큼 기다려요. webhook에 초당 요청 수를 정하면 넘지 않아요.',
  'Redirects are never followed, so that nobody can send a request elsewhere. Use the final address.':
    '요청이 다른 곳으로 가지 않도록 리디렉션은 따라가지 않아요. 마지막 주소를 쓰세요.',
  'The receiver failed; deliveries are tried again. Its log may say why.':
    '수신 서버에서 오류가 났어요. 전달은 다시 시도해요. 그쪽 로그에서 이유를 찾아보세요.',
  'The answer below may say why.': '아래 응답에 이유가 나올 수 있어요.',

  'There is one mistake in the test.': '테스트에 오류가 1개 있어요.',
  'There are {count} mistakes in the test.': '테스트에 오류가 {count}개 있어요.',
  'Settings were used that are not saved.': '저장하지 않은 설정을 썼어요.',
  'The webhook has no signing secret before it is saved: `webhook-signature` was made with one for this request alone.':
    '저장하기 전에는 webhook에 서명 secret이 없어요. 이 요청에만 쓰는 secret으로 `webhook-signature`를 만들었어요.',
}
