import type { Sentences } from '../../sentences.ts'

/** Webhooks and secrets: their settings, and what stands in the way of a change. */
export const webhooks: Sentences = {
  'its signature was made with another secret, or over another body':
    '서명이 다른 secret이나 다른 본문으로 만들어졌어요',
  'its webhook-timestamp is not of now': 'webhook-timestamp가 지금 시각이 아니에요',
  'it has no webhook-id, webhook-timestamp and webhook-signature':
    'webhook-id, webhook-timestamp, webhook-signature가 없어요',
  'There is one mistake in the webhook.': 'webhook에 오류가 1개 있어요.',
  'There are {count} mistakes in the webhook.': 'webhook에 오류가 {count}개 있어요.',
  'A name has words of letters, digits, - and _, with blanks between them.':
    '이름에는 글자, 숫자, -, _를 쓰고 단어 사이는 띄울 수 있어요.',
  'is no name of a header': '헤더 이름으로 쓸 수 없어요',
  'names a secret twice': '같은 secret이 두 번 있어요',
  'is below `delay_ms_min`': '`delay_ms_min` 값보다 작아요',
  'cannot stand beside `event`': '`event`와 함께 쓸 수 없어요',
  'cannot stand beside another': '다른 것과 함께 쓸 수 없어요',
  'There is no secret “{name}”.': '“{name}” secret이 없어요.',
  'Signalbox sets {header} itself.': '{header} 헤더는 Signalbox가 정해요.',
  'A header holds printable characters of Latin-1 only, on one line.':
    '헤더에는 Latin-1의 인쇄 가능한 문자만 한 줄로 쓸 수 있어요.',
  'In an address secrets may stand in path and query only.': '주소에서는 경로와 쿼리에만 secret을 넣을 수 있어요.',
  '{slot} takes neither a path nor a default here.': '여기에서 {slot}에는 경로도 기본값도 쓸 수 없어요.',
  '{slot} is not a granted secret.': '{slot:은/는} 이 webhook에 허용된 secret이 아니에요.',
  'Certificates are verified unless the operator sets {setting}. Give the certificates of your own authority in `ca` instead.':
    '운영자가 {setting} 설정을 켜지 않으면 인증서를 검증해요. 대신 `ca`에 직접 쓰는 인증 기관의 인증서를 넣으세요.',
  'Certificates in PEM form are expected, and nothing beside them.': 'PEM 형식의 인증서만 넣을 수 있어요.',
  'Certificate {number} of {count} cannot be read.': '인증서 {count}개 중 {number}번째를 읽을 수 없어요.',
  'The webhook is at revision {revision} by now. Read it again, and repeat the change on that.':
    'webhook의 수정본이 이제 {revision}번째예요. 다시 읽고 그 위에서 바꾸세요.',
  'The webhook “{name}” is in use. Deleting it makes these automations fail; repeat with ?force=true to do it all the same.':
    '“{name}” webhook을 쓰고 있어요. 삭제하면 다음 자동화가 실패해요.',
  'The automation “{name}” ({id}) sends to it.': '“{name}” 자동화({id})가 여기로 보내요.',
  'Payloads need what would no longer be granted: {names}. They then fail; repeat with ?force=true to do it all the same.':
    '페이로드에 필요한 secret이 더는 허용되지 않게 돼요: {names}. 저장하면 그 전달이 실패해요.',
  'The payload of the automation “{name}” ({id}) holds {secrets}.':
    '“{name}” 자동화({id})의 페이로드에 {secrets} secret이 있어요.',
  '{count} signing secrets are valid, and no more may be.':
    '유효한 서명 secret이 이미 {count}개예요. 더 만들 수 없어요.',
  'Wait until one has expired, or end the earlier ones now with 0.':
    '하나가 만료될 때까지 기다리거나, 0을 써서 이전 것을 바로 끝내세요.',
  'It uses a secret that is gone: {names}.': '사라진 secret을 써요: {names}.',
  'It uses secrets that are gone: {names}.': '사라진 secret을 써요: {names}.',

  'A name has letters A to Z, digits and _, and does not begin with a digit.':
    '이름에는 영문자, 숫자, _를 쓰고 숫자로 시작하지 않아요.',
  '`ACCESS_TOKEN` always means the access token of a webhook. Choose another name.':
    '`ACCESS_TOKEN`은 언제나 webhook의 엑세스 토큰이에요. 다른 이름을 고르세요.',
  '{name} is a variable of payloads, which {slot} means there. Choose another name.':
    '{name:은/는} 페이로드 변수예요. 페이로드에서 {slot:이/가} 그 변수를 뜻하니 다른 이름을 고르세요.',
  'The secret {name} is in use. Deleting it makes these fail; repeat with ?force=true to do it all the same.':
    '{name} secret을 쓰고 있어요. 삭제하면 다음이 실패해요.',
  'The webhook “{name}” ({id}) uses it as {roles}.': '“{name}” webhook({id})이 {roles:ko:으로/로} 써요.',
  'access token': '엑세스 토큰',
  'signing secret': '서명 secret',
  'granted secret': '허용된 secret',
  'access token and granted secret': '엑세스 토큰과 허용된 secret',
  'access token and signing secret': '엑세스 토큰과 서명 secret',
  'granted secret and signing secret': '허용된 secret과 서명 secret',
  'access token and granted secret and signing secret': '엑세스 토큰, 허용된 secret, 서명 secret',
  'The automation “{name}” ({id}) puts it into its payload.': '“{name}” 자동화({id})가 페이로드에 넣어요.',
  'The value is too long.': '값이 너무 길어요.',
}

/** What the guard says of an address. */
export const addresses: Sentences = {
  'This is no address. Write it as in https://example.com/hook.':
    '주소가 아니에요. https://example.com/hook처럼 쓰세요.',
  'An address begins with https:// or http://.': '주소는 https:// 또는 http://로 시작해요.',
  'An address holds no user and password. Keep them as a secret, and send them in a header.':
    '주소에 사용자와 비밀번호를 쓸 수 없어요. secret에 저장하고 헤더로 보내세요.',
  'What follows # is never sent. Leave it out.': '# 뒤는 보내지 않아요. 빼세요.',
  'The name {host} has no address now.': '{host} 이름에 지금은 주소가 없어요.',
  'the name {host} has no address': '{host} 이름에 주소가 없어요',
  '{host} is a name inside; nothing is sent there unless the operator allows it with {setting}':
    '{host:은/는} 내부 이름이에요. 운영자가 {setting} 설정으로 허용해야 보낼 수 있어요',
  '{address} is {kind}; nothing is sent there unless the operator allows it with {setting}':
    '{address:은/는} {kind:ko}예요. 운영자가 {setting} 설정으로 허용해야 보낼 수 있어요',
  '{host} has the address {address}, which is {kind}; nothing is sent there unless the operator allows it with {setting}':
    '{host}의 주소 {address:은/는} {kind:ko}예요. 운영자가 {setting} 설정으로 허용해야 보낼 수 있어요',
  'an address of this network': '이 네트워크의 주소',
  'a private address': '사설 주소',
  'an address inside a provider': '통신사 내부 주소',
  'a loopback address': '루프백 주소',
  'a link-local address': '링크 로컬 주소',
  'a site-local address': '사이트 로컬 주소',
  'the broadcast address': '브로드캐스트 주소',
  'the unspecified address': '정해지지 않은 주소',
  'an address where everything is discarded': '받은 것을 모두 버리는 주소',
  'an unassigned address': '할당되지 않은 주소',
  'a {way} address that carries {inner}': '{inner:을/를} 담은 주소({way:ko})',
  'a {way} address that carries {inner}, {kind}': '{kind:ko} {inner:을/를} 담은 주소({way:ko})',
  mapped: 'IPv4 매핑',
  compatible: 'IPv4 호환',
  translated: 'IPv4 변환',
  'a reserved address': '예약된 주소',
  'an address for documentation': '문서용 주소',
  'a relay address': '릴레이 주소',
  'an address for benchmarks': '성능 시험용 주소',
  'a multicast address': '멀티캐스트 주소',
  'an address where cloud metadata is served': '클라우드 메타데이터가 있는 주소',
  'no address': '쓸 수 없는 주소',
  'an address with a zone': '존이 붙은 주소',
}
