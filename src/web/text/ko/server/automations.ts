import type { Sentences } from '../../sentences.ts'

/** What is wrong with automations, why they did not fire, and what became of them. */
export const automations: Sentences = {
  'There is one mistake in the automation.': '자동화에 오류가 1개 있어요.',
  'There are {count} mistakes in the automation.': '자동화에 오류가 {count}개 있어요.',
  'This version of Signalbox does not record “{title}” yet.':
    '이 버전의 Signalbox는 아직 “{title:ko}” event를 기록하지 않아요.',
  '“{title}” does not happen at the level of a {scope}: it takes {scopes}.':
    '“{title:ko}” event는 {scope:ko}에서 생기지 않아요. 쓸 수 있는 범위: {scopes:ko}.',
  'collection or project': '컬렉션 또는 프로젝트',
  'project or entity': '프로젝트 또는 팀',
  'collection or project or entity': '컬렉션, 프로젝트 또는 팀',
  'The template becomes JSON only when it is rendered, or is no object, so the wandb SDK cannot show this payload. Deliveries are not affected.':
    '템플릿은 값을 채워야 JSON이 되거나 객체가 아니어서 wandb SDK에서는 이 페이로드를 볼 수 없어요. 전달에는 영향이 없어요.',
  'The automation is at revision {revision} by now. Read it again, and repeat the change on that.':
    '자동화의 수정본이 이제 {revision}번째예요. 다시 읽고 그 위에서 바꾸세요.',
  'There is no event “{event}” that you may see.': '“{event}” event가 없거나 볼 수 없어요.',
  'Name one that happened, or leave it out for an example.': '실제로 생긴 event를 쓰거나, 예시로 보려면 비우세요.',

  'Its webhook was deleted.': 'webhook이 삭제됐어요.',
  'Its webhook is disabled: {reason}': 'webhook이 비활성화돼 있어요: {reason:ko}',
  'Its webhook uses secrets that are gone: {names}.': 'webhook이 사라진 secret을 써요: {names}.',
  'Its payload holds secrets that are not granted to the webhook: {names}.':
    '페이로드에 webhook에 허용되지 않은 secret이 있어요: {names}.',
  'It was paused by {person}.': '{person} 계정이 일시 중지했어요.',
  'It fired more than {most} times in a minute for {subject}; the last time on {event}.':
    '대상 {subject}에 대해 1분에 {most}번 넘게 실행됐어요. 마지막은 {event} event였어요.',

  'it was disabled then': '그때는 꺼져 있었어요',
  'it is disabled': '꺼져 있어요',
  'it watches “{type}”': '“{type:ko}” event를 봐요',
  'its filter cannot be read any more': '필터를 더는 읽을 수 없어요',
  'it happened outside its scope': '범위 밖에서 생겼어요',
  'it was created after the event': 'event 뒤에 만들어졌어요',
  'it watches {kind} {name}, where this did not happen': '{name}만 보는데, 이 event는 거기서 생기지 않았어요',

  'Too many events wait to be recorded; send this one again in a moment.':
    '기록을 기다리는 event가 너무 많아요. 잠시 후 다시 보내세요.',
  'Nothing was recorded: some ids were used before, for other events.':
    '아무것도 기록하지 않았어요. 다른 event에 이미 쓴 ID가 있어요.',
  'This id was used before, for another event: {event}.': '이 ID는 이미 다른 event에 쓰였어요: {event}.',
  'Use a new id for a new event, or send the event exactly as before.':
    '새 event에는 새 ID를 쓰거나, 전과 똑같은 event를 보내세요.',
}

/** Payloads to begin with. */
export const presets: Sentences = {
  'GitHub repository dispatch': 'GitHub 워크플로 실행',
  'Slack incoming webhook': 'Slack 수신 webhook',
  'Microsoft Teams workflow': 'Microsoft Teams 워크플로',
  'Discord channel webhook': 'Discord 채널 webhook',
  'Everything there is to say': '모든 변수',
}
