import type { Sentences } from '../../sentences.ts'

/** Projects, registries and what is in them. */
export const registry: Sentences = {
  'You see several projects called “{name}”: name the team too, as in {full}.':
    '“{name}” 프로젝트가 여러 개 보여요. {full}처럼 팀 이름도 쓰세요.',
  'Write {full} or {id}.': '{full} 또는 {id:을/를} 쓰세요.',
  "{name} is no registry; a project's roles are those of its team.":
    '{name} 프로젝트는 registry가 아니에요. 프로젝트의 역할은 팀의 역할과 같아요.',
  'Collections of {name} have types that would not be accepted.': '{name}의 컬렉션 중에 받지 않게 될 유형이 있어요.',
  'Keep {types}, or delete these collections first.': '{types} 유형을 남기거나 그 컬렉션을 먼저 삭제하세요.',
  '{name} is an organization: it has registries, its teams have projects.':
    '{name:은/는} 조직이에요. 조직에는 registry가 있고, 프로젝트는 팀에 있어요.',
  'Name a team, or yourself.': '팀이나 자신을 지정하세요.',
  '{name} has collections: delete them first.': '{name}에 컬렉션이 있어요. 먼저 컬렉션을 삭제하세요.',
  'The collection “{name}” ({id}) is in it.': '“{name}” 컬렉션({id})이 들어 있어요.',

  '{collection} has no alias “{alias}”.': '{collection} 컬렉션에 “{alias}” 에일리어스가 없어요.',
  '{collection} has no tag “{tag}”.': '{collection} 컬렉션에 “{tag}” 태그가 없어요.',
  'The version has no tag “{tag}”.': '버전에 “{tag}” 태그가 없어요.',
  'The registry {name} does not accept the type “{type}”.': '{name} registry는 “{type}” 유형을 받지 않아요.',
  'It accepts {types}.': '받는 유형: {types}.',
  'It accepts none.': '받는 유형이 없어요.',
  'The collection is in use. Deleting it takes this away with it; repeat with ?force=true to do it all the same.':
    '사용 중인 컬렉션이에요. 삭제하면 다음도 함께 사라져요.',
  'The automation “{name}” ({id}) stands on it.': '“{name}” 자동화({id})가 이 컬렉션을 봐요.',
  'The protected alias “{alias}” is on its version v{number}.':
    '보호된 “{alias}” 에일리어스가 v{number} 버전에 있어요.',
  'The alias “{alias}” is on its version v{number}.': '“{alias}” 에일리어스가 v{number} 버전에 있어요.',
  'A version of it is linked as {version}.': '이 컬렉션의 버전이 {version}에 링크돼 있어요.',
  'Versions of it are linked more than {most} times: unlink some of them first.':
    '버전 링크가 {most}개를 넘어요. 먼저 몇 개를 해제하세요.',
  'Versions of it are linked in a registry that you do not see: deleting it is for somebody who sees every link.':
    '볼 수 없는 registry에 버전이 링크돼 있어요. 모든 링크를 볼 수 있는 사람이 삭제해야 해요.',

  'The version is pending: commit it first.': '아직 확정되지 않은 버전이에요. 먼저 확정하세요.',
  'A pending version stands in no collection yet.': '확정되지 않은 버전은 아직 어느 컬렉션에도 없어요.',
  'The version is in use. Deleting it takes it out of every collection, with its aliases; repeat with ?force=true to do it all the same.':
    '사용 중인 버전이에요. 삭제하면 모든 컬렉션에서 에일리어스와 함께 사라져요.',
  'It is linked as {version}.': '{version}에 링크돼 있어요.',
  'It has the alias “{alias}” in {place}.': '{place}에 “{alias}” 에일리어스가 있어요.',
  'The version is linked in a registry that you do not see: deleting it is for somebody who sees every place of it.':
    '볼 수 없는 registry에 링크된 버전이에요. 모든 위치를 볼 수 있는 사람이 삭제해야 해요.',
  '{collection} holds links: link a version to it.': '{collection} 컬렉션에는 링크가 들어 있어요. 버전을 링크하세요.',
  'Versions are made in a collection of a project.': '버전은 프로젝트의 컬렉션에서 만들어요.',
  'There is no version “{version}” in {collection} ({id}).': '{collection} 컬렉션({id})에 “{version}” 버전이 없어요.',
  'The version is linked {most} times, and no more are taken.': '버전 링크가 이미 {most}개라서 더 받지 않아요.',
  '{version} was made here: delete the version instead.':
    '{version} 버전은 여기에서 만들었어요. 링크 해제 대신 삭제하세요.',
  '{collection} holds versions of its own; link to a collection of a registry.':
    '{collection} 컬렉션에는 자체 버전이 있어요. registry의 컬렉션에 링크하세요.',
  'The version is of type “{type}”; {collection} takes “{wanted}”.':
    '버전의 유형은 “{type}”인데 {collection} 컬렉션은 “{wanted}” 유형을 받아요.',

  'A name has no / \\ # ? % : and no line ends.': '이름에는 / \\ # ? % : 기호와 줄바꿈을 쓸 수 없어요.',
  'A type has no / \\ # ? % : and no line ends.': '유형에는 / \\ # ? % : 기호와 줄바꿈을 쓸 수 없어요.',
  'A name of dots alone would be lost in an address.': '점으로만 된 이름은 주소에 쓸 수 없어요.',
  'Names that begin with wandb-registry- are those of registries.':
    'wandb-registry-로 시작하는 이름은 registry의 이름이에요.',
  'An alias has no / and no : and no line ends.': '에일리어스에는 / : 기호와 줄바꿈을 쓸 수 없어요.',
  'An alias of dots alone would be lost in an address.': '점으로만 된 에일리어스는 주소에 쓸 수 없어요.',
  '`v` and a number is the number of a version, which the server gives.':
    '`v`와 숫자는 버전 번호예요. 번호는 서버가 정해요.',
  'An alias that looks like an id would be taken for one.': 'ID처럼 생긴 에일리어스는 ID로 여겨져요.',
  'A tag has words of letters, digits, - and _, with blanks between them.':
    '태그에는 글자, 숫자, -, _를 쓰고 단어 사이는 띄울 수 있어요.',
  'names an alias twice': '같은 에일리어스가 두 번 있어요',
  'names a tag twice': '같은 태그가 두 번 있어요',
  'names a type twice': '같은 유형이 두 번 있어요',
  'Metadata is a JSON object.': '메타데이터는 JSON 객체예요.',
  'Metadata has at most {most} keys at its top.': '메타데이터의 맨 위에는 키를 {most}개까지 쓸 수 있어요.',
}

/** JSON and texts that are kept as they come. */
export const values: Sentences = {
  'is {bytes} bytes long as JSON; at most {most} are taken': 'JSON으로 {bytes}바이트예요. {most}바이트까지 받아요',
  'is {bytes} bytes long; at most {most} are taken': '{bytes}바이트예요. {most}바이트까지 받아요',
  'is a number larger than can be kept': '저장하기에 너무 큰 숫자예요',
  'is nested deeper than {most} levels': '{most}단계보다 깊어요',
  'has a name that {fault}': '이름에 문제가 있어요: {fault:ko}',
  'contains a NUL character': 'NUL 문자가 있어요',
  'contains half of a surrogate pair': '서로게이트 쌍의 절반만 있어요',
  'contains a NUL character or half of a surrogate pair': 'NUL 문자나 서로게이트 쌍의 절반이 있어요',
  'is blank': '비어 있어요',
  'stands twice': '두 번 있어요',
  'stands twice in this batch': '이 묶음에 두 번 있어요',
}
