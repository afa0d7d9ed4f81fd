import type { Sentences } from '../../sentences.ts'

/** Many deliveries at once: redelivered at a pace, or cancelled. */
export const redeliveries: Sentences = {
  'The redelivery is over': '다시 전달이 끝났어요',
  'is missing, and so are webhook, automation and project: say whose deliveries':
    '값이 없어요. 무엇의 전달인지 webhook, 자동화, 프로젝트로 정하세요',
  'is not later than `after`': '`after`보다 늦지 않아요',
  'Cancelling deliveries': '여러 전달 취소',
  'Listing redeliveries': '다시 전달 목록 보기',
  'Reading a redelivery': '다시 전달 보기',
  'Pausing a redelivery': '다시 전달 일시 중지',
  'Resuming a redelivery': '다시 전달 재개',
  'Stopping a redelivery': '다시 전달 중단',
  'No delivery can match.': '일치할 수 있는 전달이 없어요.',
  'belongs to {one}, not to {other}': '{other}의 것이 아니라 {one}의 것이에요',
  'Say whose webhooks.': '누구의 webhook인지 정하세요.',
  'is missing, and what was named never had a webhook': '값이 없고, 고른 것에는 webhook이 없었어요',
  'is missing, and what was named has sent to webhooks of several teams':
    '값이 없고, 고른 것이 여러 팀의 webhook으로 보냈어요',
  'for other reasons': '다른 이유로',
  '{place} has {count} redeliveries that are not over: let one end, or stop one.':
    '{place}에 끝나지 않은 다시 전달이 {count}개 있어요. 끝나기를 기다리거나 하나를 중단하세요.',
  'No delivery matches: there is nothing to redeliver.': '일치하는 전달이 없어서 다시 전달할 것이 없어요.',
  'All of it is made ready already.': '이미 모두 준비됐어요.',
  'It was stopped, and does not go on.': '중단된 다시 전달은 계속할 수 없어요.',
  'Whoever started it may not redeliver here any more.': '시작한 사람이 여기에서 더는 다시 전달할 수 없어요.',
  'it has left the history': '이력에서 지워졌어요',
  'it was redelivered meanwhile': '그사이 다시 전달됐어요',
}
