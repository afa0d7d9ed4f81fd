import type { Words } from '../words.ts'
import { number } from './numbers.ts'

export const overview: Words['overview'] = {
  title: '개요',
  perMinute: '분당 전달 수',
  finished: (count, failed) =>
    `지난 1시간 동안 전달 ${number(count)}건이 끝났고, 그중 ${number(failed)}건이 실패했어요.`,
  asTable: '표로 보기',
  asChart: '그림으로 보기',
  waiting: '대기 중',
  held: '보류 중',
  sending: '보내는 중',
  delivered: '전달됨',
  failed: '실패',
  attention: '확인 필요',
  clear: '문제 없음. 확인할 것이 없어요.',
  latency: '시도 소요 시간',
  latencyText: (count, p50, p90, p99) =>
    `지난 1시간의 시도 ${number(count)}번 중 절반은 ${p50}, 90%는 ${p90}, 99%는 ${p99} 안에 끝났어요.`,
  noAttempts: '지난 1시간 동안 시도가 없었어요.',
  oldest: '가장 오래된 대기',
  now: '현재',
  lastHour: '지난 1시간',
  since: '시작:',
  laneStates: { paused: '일시 중지됨', disabled: '비활성화됨', broken: '실패 중' },
  troubles: { misconfigured: '설정 오류', paused: '일시 중지됨' },
  open: (name) => `${name} 열기`,
  historyOf: (name) => `${name} 이력`,
  waits: (count) => `전달 ${number(count)}건이 기다리고 있어요.`,
  steps: {
    title: '첫 요청까지 세 단계',
    webhook: 'webhook 추가',
    automation: '자동화 만들기',
    fire: '실행 확인: 버전에 에일리어스 추가',
    done: '완료',
  },
  noTeam: '아직 속한 팀이 없어요.',
  lane: (name, state) => `${name}: ${state}`,
}
