import type { Words } from '../words.ts'

export const nav: Words['nav'] = {
  open: '메뉴 열기',
  main: '주 메뉴',
  overview: '개요',
  automations: '자동화',
  history: '이력',
  events: 'event',
  places: '발생 위치',
  registries: 'registry',
  projects: '프로젝트',
  team: '팀 설정',
  webhooks: 'webhook',
  secrets: '팀 secret',
  members: '멤버',
  audit: '감사 로그',
  signOut: '로그아웃',
  scheme: '밝게 또는 어둡게',
  skip: '본문으로 건너뛰기',
  switcher: '팀',
  language: '언어',
}

export const live: Words['live'] = { live: '실시간', lostSince: (clock) => `${clock}부터 연결 안 됨` }

export const common: Words['common'] = {
  loading: '불러오는 중',
  tryAgain: '다시 시도',
  more: '더 보기',
  cancel: '취소',
  save: '저장',
  actions: (name) => `${name} 작업`,
  copy: '복사',
  copied: '복사됨',
  none: '없음',
  optional: '(선택)',
  close: '닫기',
  broke: '페이지에 오류가 났어요',
  notFoundTitle: '페이지를 찾을 수 없어요',
  notFoundBody: '삭제됐거나 볼 권한이 없어요.',
  back: '이전',
  next: '다음 단계',
  state: '상태',
  name: '이름',
  when: '시각',
  all: '전체',
  menu: '작업',
  undo: '실행 취소',
  choose: '선택…',
  clearFilters: '필터 지우기',
}

export const signIn: Words['signIn'] = {
  title: 'Signalbox 로그인',
  name: '이름',
  password: '비밀번호',
  submit: '로그인',
  wrong: '이름이나 비밀번호가 맞지 않아요.',
  show: '비밀번호 보기',
  over: '세션이 끝났어요',
  overBody: '계속하려면 로그인하세요. 입력한 내용은 그대로 있어요.',
}
