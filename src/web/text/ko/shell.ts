import type { Words } from '../words.ts'
import { number } from './numbers.ts'

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
  switched: (before, now) => `그 webhook은 ${before} 팀의 것이에요. 지금은 ${now} 팀이에요.`,
  language: '언어',
  search: '검색 또는 이동',
  needs: (count) => `확인 필요 ${number(count)}건`,
}

export const kinds: Words['kinds'] = {
  automation: '자동화',
  delivery: '전달',
  event: 'event',
  registry: 'registry',
  project: '프로젝트',
  collection: '컬렉션',
  webhook: 'webhook',
  person: '사람',
}

export const find: Words['find'] = {
  recent: '최근',
  goTo: '이동',
  jump: '열기',
  found: '검색 결과',
  commands: '명령',
  hint: '명령은 > 뒤에 입력하세요. Signalbox의 ID나 주소를 붙여 넣으면 그 페이지가 열려요.',
  nothing: (words) => `“${words}” 이름을 가진 것이 없어요.`,
  history: '이력에서 찾기',
  switchTeam: (team) => `${team} 팀으로 전환`,
  useLight: '밝게 보기',
  useDark: '어둡게 보기',
  showShortcuts: '단축키 보기',
}

export const shortcuts: Words['shortcuts'] = {
  title: '키보드 단축키',
  on: '키보드 단축키',
  onHelp: '키 하나로 페이지를 조작해요. Ctrl K와 Ctrl Z는 항상 쓸 수 있어요.',
  anywhere: '검색 또는 이동 (입력 중에도)',
  undo: '실행 취소 (알림이 있는 동안)',
  note: '이 페이지에서 쓸 수 있는 키예요. 입력하는 동안에는 꺼지고, 프로필 페이지에서 모두 끌 수 있어요.',
  names: {
    search: '검색 또는 이동',
    list: '이 목록 보기',
    overview: '개요',
    automations: '자동화',
    history: '이력',
    events: 'event 목록',
    registries: 'registry 목록',
    webhooks: 'webhook 목록',
    create: '자동화 만들기',
    down: '다음 행',
    up: '이전 행',
    open: '행 열기',
    select: '행 선택',
    menu: '행의 작업',
    filter: '필터',
    refresh: '새로 고침',
    edit: '편집',
    test: 'webhook 테스트',
    close: '닫기 또는 행에서 나가기',
  },
}

export const live: Words['live'] = { live: '실시간', lostSince: (clock) => `${clock}부터 연결 안 됨` }

export const common: Words['common'] = {
  loading: '불러오는 중',
  tryAgain: '다시 시도',
  more: '더 보기',
  newest: '최신 항목 보기',
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
  deleteAnyway: '그래도 삭제',
  notDeleted: (name) => `삭제되지 않았어요: ${name}`,
  choose: '선택…',
  clearFilters: '필터 지우기',
}

export const problems: Words['problems'] = {
  title: '모든 문제 유형',
  status: (code) => `상태 ${code}, 유형`,
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
