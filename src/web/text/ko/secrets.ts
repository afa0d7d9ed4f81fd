import type { Words } from '../words.ts'
import { number } from './numbers.ts'

const listedMax = 5

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length - listedMax
  return `${names.slice(0, listedMax).join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`
}

export const secrets: Words['secrets'] = {
  title: '팀 secret',
  create: 'secret 추가',
  name: 'secret 이름',
  value: 'secret 값',
  add: 'secret 저장',
  replace: '값 교체',
  usedBy: '사용하는 곳',
  lastUsed: '마지막 사용',
  never: '없음',
  written: '마지막 변경',
  emptyTitle: '아직 secret이 없어요',
  emptyBody: 'webhook과 페이로드에 쓰는 토큰과 비밀번호예요. 저장한 값은 아무도 다시 볼 수 없어요.',
  deleteTitle: (name) => `${name} secret을 삭제할까요?`,
  deleteBody: '10초 안에 되돌릴 수 있어요. 그 뒤에는 값이 지워지고, 이 secret이 필요한 것은 실패해요.',
  leaves: (name) => `이 알림이 닫히면 ${name} secret이 삭제돼요.`,
  delete: 'secret 삭제',
  secret: 'secret',
  note: 'secret 값은 교체할 수 있지만 다시 볼 수 없어요.',
  nameHelp: (name) => `글자, 숫자, _를 써요. \${${name === '' ? 'NAME' : name}} 형태로 사용해요.`,
  reveal: 'secret 보기',
  chars: (count) => `${number(count)}자`,
  endsWithBreak: '끝에 줄 바꿈이 있어요.',
  removeBreak: '줄 바꿈 제거',
  replaceTitle: (name) => `${name} secret 교체`,
  replaceNote: (webhooks) =>
    `다음 요청부터 새 값을 써요. ${
      webhooks === 0 ? '아직 사용하는 webhook이 없어요.' : `webhook ${number(webhooks)}개가 사용해요.`
    }`,
  webhookRole: (webhook, roles) => `${webhook} (${roles.join(', ')})`,
  roles: { access_token: '엑세스 토큰', secret: '서명', granted: '사용 허용' },
  automation: (name) => `${name} 자동화`,
  nobody: '없음',
  deleteUsers: (names) => `사용하는 곳: ${listed(names)}. 설정 오류가 돼요.`,
}
