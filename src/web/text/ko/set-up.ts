import type { Words } from '../words.ts'

export const setUp: Words['setUp'] = {
  title: 'Signalbox 설정',
  intro: '아직 이 서버를 설정한 사람이 없어요. 조직을 만들고 관리자가 돼요.',
  code: '설정 코드',
  codeHelp: '서버가 시작할 때 출력했어요.',
  yourOrganization: '조직',
  organization: '조직 이름',
  team: '첫 팀',
  nameHelp: '이름에는 영문자, 숫자, -, _를 써요.',
  you: '나',
  submit: '설정하기',
  mistakes: {
    empty: '입력하세요.',
    short: '12자 이상으로 입력하세요.',
    long: '너무 길어요.',
    letters: '영문자, 숫자, -, _만 쓰고 영문자나 숫자로 시작하세요.',
    id: 'ID처럼 보이는 이름이에요. 다른 이름을 쓰세요.',
    same: '조직, 팀, 사람의 이름은 서로 달라야 해요.',
    wrongCode: '코드가 맞지 않아요. 서버 터미널에서 확인하세요.',
  },
}
