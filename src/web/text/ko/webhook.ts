import type { Words } from '../words.ts'
import { number } from './numbers.ts'

export const webhook: Words['webhook'] = {
  tabs: { deliveries: '전달', settings: '설정', receiver: '수신 서버' },
  belongsTo: (team) => `그 webhook은 ${team} 팀의 것이에요.`,
  nothingSentBody: '자동화가 이 webhook으로 보내면 요청이 여기에 나와요.',
  disabled: (reason) => `비활성화되어 아무것도 보내지 않아요. ${reason}`,
  misconfigured: (reason) => `설정 오류로 전달이 바로 실패해요. ${reason}`,
  paused: (held) => `일시 중지됨. 재개할 때까지 전달 ${number(held)}건이 기다려요.`,
  rests: (waiting) => `실패 중. 연달아 너무 많이 실패해서 쉬고 있어요. 전달 ${number(waiting)}건이 기다려요.`,
  someFailed: (failed, ended) => `지난 1시간의 전달 ${number(ended)}건 중 ${number(failed)}건이 실패했어요.`,
  allTaken: (count) => `지난 1시간의 전달 ${number(count)}건을 모두 받았어요.`,
  isPaused: (name) => `${name} webhook을 일시 중지했어요. 새 전달은 기다려요.`,
  quiet: '준비됨. 지난 1시간 동안 전달한 것이 없어요.',
  facts: '정보',
  usedBy: '사용하는 곳',
  unused: '사용하는 자동화가 없어요.',
  limits: '제한',
  limitsText: (seconds, attempts, atATime, perSecond) =>
    `제한 시간 ${number(seconds)}초, 시도 ${number(attempts)}번, 동시에 ${number(atATime)}건, ${
      perSecond === null ? '초당 제한 없음' : `초당 ${number(perSecond)}건`
    }.`,
  lastTest: '마지막 테스트',
  notTested: '이 창에서는 아직 없어요. 테스트 내용은 저장되지 않아요.',
  attempts: '시도 횟수',
  noRate: '제한 없음',
  arrives: '요청마다 오는 것',
  idNote: '시도마다 같아요. 이미 받은 것은 버리세요.',
  timestampNote: '이 시도의 시각이며 1970년부터 센 초예요. 5분 넘게 차이 나면 거부하세요.',
  signatureNote:
    'v1과, webhook-id, webhook-timestamp, 본문을 점으로 이어서 만든 HMAC-SHA256의 base64예요. 서명 secret마다 하나씩 있어요.',
  wandbNote: (format, secret) => `본문만의 HMAC-SHA256이에요. 형식: ${format}, 키: ${secret}.`,
  ownSecret: '서명 secret',
  authorizationNote: (secret) => `Bearer와 ${secret} secret의 값이에요.`,
  signsSince: '서명 시작:',
  signsUntil: '끝:',
  verify: '요청 검증',
  sample: (language) => `${language} 검증 코드`,
}

export const receiver: Words['receiver'] = {
  use: '내장 수신 서버 사용',
  arrived: '도착한 요청',
  nothing: '서버가 시작된 뒤 내장 수신 서버에 도착한 요청이 없어요. webhook을 테스트해 보세요.',
  note: '서버가 시작된 뒤 내장 수신 서버에 도착한 요청이에요. 최근 것부터 나오고, 본문은 보관하지 않아요.',
  verified: '검증됨',
  notVerified: '검증 안 됨',
  verifiedByIt: '수신 서버가 서명을 검증했어요.',
}
