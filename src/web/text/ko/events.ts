import type { EventType } from '../../../contract/event-types.ts'
import type { Words } from '../words.ts'
import { number } from './numbers.ts'

export const events: Words['events'] = {
  title: 'event',
  place: '프로젝트 또는 registry',
  event: 'event',
  what: '대상',
  by: '한 사람',
  choose: '볼 위치를 선택하세요.',
  result: '결과',
  results: { fired: '자동화가 실행됨', none: '일치한 자동화 없음' },
  noMatch: '필터와 일치하는 event가 없어요.',
  fresh: (count) => `새 event ${count}건`,
  empty: '아직 event가 없어요',
  emptyBody: '여기 있는 버전과 컬렉션에 생긴 일과, 그 일로 실행된 것이 이 목록에 나와요.',
  facts: '무슨 일',
  where: '위치',
  createFrom: '이 event로 자동화 만들기',
  sum: (fired, judged) =>
    fired === 0
      ? `일치한 자동화 없음. 이 위치를 보는 자동화 ${number(judged)}개가 모두 불일치예요.`
      : `여기 있는 자동화 ${number(judged)}개 중 ${number(fired)}개가 실행됐어요.`,
  another: '다른 자동화…',
  data: '데이터',
  variables: '변수와 이 event에서의 값',
  variable: '변수',
  value: '값',
  blank: '빈 값',
  whatElse: '그 밖에 생긴 일',
  nothingElse: '여기에는 다른 일이 없었어요.',
  asOf: (revision) => `${revision}번째 수정본 기준이에요.`,
  setOff: '이 변경으로 실행된 것',
  nobody: '이 event를 보는 자동화가 없었어요.',
  verdicts: {
    fired: '실행됨',
    'not-matched': '불일치',
    disabled: '꺼져 있었음',
    'other-event-type': '다른 event를 봄',
    'out-of-reach': '다른 위치',
    'created-later': '아직 없었음',
  },
}

export const eventTitles: Readonly<Record<EventType, string>> = {
  LINK_ARTIFACT: '컬렉션에 새 버전이 링크됨',
  UNLINK_ARTIFACT: '컬렉션에서 버전 링크가 해제됨',
  CREATE_ARTIFACT: '아티팩트에 새 버전이 추가됨',
  DELETE_ARTIFACT: '버전이 삭제됨',
  UPDATE_ARTIFACT_METADATA: '버전의 메타데이터가 바뀜',
  UPDATE_ARTIFACT_DESCRIPTION: '버전의 설명이 바뀜',
  ADD_ARTIFACT_ALIAS: '아티팩트 에일리어스가 추가됨',
  REMOVE_ARTIFACT_ALIAS: '아티팩트 에일리어스가 제거됨',
  ADD_ARTIFACT_TAG: '아티팩트 태그가 추가됨',
  REMOVE_ARTIFACT_TAG: '아티팩트 태그가 제거됨',
  ADD_COLLECTION_TAG: '컬렉션 태그가 추가됨',
  REMOVE_COLLECTION_TAG: '컬렉션 태그가 제거됨',
  CREATE_COLLECTION: '컬렉션이 생성됨',
  RENAME_COLLECTION: '컬렉션 이름이 바뀜',
  DELETE_COLLECTION: '컬렉션이 삭제됨',
  WEBHOOK_DISABLED: 'webhook이 비활성화됨',
  AUTOMATION_PAUSED: '자동화가 스스로 일시 중지됨',
  CUSTOM: '사용자 정의 event가 기록됨',
  RUN_METRIC: 'run 메트릭 임계값 도달',
  RUN_METRIC_CHANGE: 'run 메트릭 변화량 도달',
  RUN_METRIC_ZSCORE: 'run 메트릭 z-score 임계값 도달',
  RUN_STATE: 'run 상태 변경',
}
