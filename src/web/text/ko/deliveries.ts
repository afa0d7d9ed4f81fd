import type { Words } from '../words.ts'
import { number } from './numbers.ts'

export const history: Words['history'] = {
  title: '이력',
  delivery: '전달',
  attempts: '시도',
  what: '무슨 일',
  anAutomation: '이름을 볼 수 없는 자동화',
  aWebhook: '이름을 볼 수 없는 webhook',
  nothing: '기록만 함',
  webhook: 'webhook',
  automation: '자동화',
  event: 'event',
  empty: '아직 보낸 것이 없어요',
  emptyBody: '자동화가 보낸 모든 요청과 그 결과가 여기에 나와요.',
  noMatch: '필터와 일치하는 전달이 없어요.',
}

export const delivery: Words['delivery'] = {
  redeliver: '다시 전달',
  same: '같은 페이로드로 다시',
  anew: '페이로드를 새로 만들어서',
  made: '만든 시각',
  ended: '끝난 시각',
  again: '원래 전달',
  revision: (revision) => `${revision}번째 수정본`,
  nextAttempt: '다음 시도',
  responseHeaders: '응답 헤더',
  outcomes: {
    succeeded: '수락됨',
    rejected: '거부됨',
    unreachable: '연결 안 됨',
    refused: '가드가 차단함',
    interrupted: '중단됨',
  },
  tryNow: '지금 시도',
  cancel: '전달 취소',
  payload: '페이로드',
  attempt: (order) => `${order}번째 시도`,
  request: '요청 헤더',
  response: '응답',
  hidden: '페이로드, 헤더, 응답은 webhook을 소유한 팀의 멤버만 볼 수 있어요.',
  verdict: {
    waiting: '보내려고 기다리고 있어요.',
    held: '보류 중이에요.',
    sending: '보내고 있어요.',
    succeeded: '전달했어요.',
    failed: '전달하지 못했어요.',
    skipped: '건너뛰었어요.',
    cancelled: '취소됐어요.',
    expired: '너무 오래 기다려서 만료됐어요.',
  },
  phases: { dns: '주소 찾기', connect: '연결', tls: 'TLS', first_byte: '첫 바이트', body: '본문' },
  phasesTitle: '시간이 걸린 곳',
  bytes: (count) => `${number(count)}바이트`,
}

export const states: Words['states'] = {
  waiting: '대기 중',
  retrying: '재시도 대기',
  held: '보류 중',
  sending: '보내는 중',
  succeeded: '전달됨',
  failed: '실패',
  skipped: '건너뜀',
  cancelled: '취소됨',
  expired: '만료됨',
}
