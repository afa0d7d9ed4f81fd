import { useQuery } from '@tanstack/react-query'
import type { Automation } from '../../contract/automation.ts'
import { client } from '../api/client.ts'
import { Editors, TwoChanges } from '../parts/two-changes.tsx'
import { useText } from '../parts/use-text.ts'
import { diffSettings, type Settings } from './diff-settings.ts'
import { draftOf, filterOf, hasFilter, settingsOf, type Draft } from './draft.ts'
import { spellHeading } from './setting-changes.tsx'
import { listSettings } from './spell-change.ts'
import { useSettingWords } from './use-setting-words.ts'

/** What I changed beside what they changed, each against what both started from, and the three ways on. */
export function ChangedMeanwhile({
  from,
  mine,
  theirs,
  ...ways
}: {
  readonly from: Automation
  readonly mine: Draft
  readonly theirs: Automation
  readonly busy: boolean
  readonly error: unknown
  readonly onKeep: () => void
  readonly onTake: () => void
  readonly onClose: () => void
}) {
  const text = useText()
  const base = spellAlike(from)
  const [own, others] = [asSettings(mine, from), spellAlike(theirs)]
  const words = useSettingWords([base, own, others])
  const [ownChanges, otherChanges] = [own, others].map((settings) => diffSettings(base, settings, words)) as [
    ReturnType<typeof diffSettings>,
    ReturnType<typeof diffSettings>,
  ]
  const both = ownChanges.filter(({ name }) => otherChanges.some((other) => other.name === name))
  return (
    <TwoChanges
      editors={<AutomationEditors id={theirs.id} since={from.revision} />}
      both={listSettings(both, text)}
      mine={ownChanges.map((change) => spellHeading(change, text))}
      theirs={otherChanges.map((change) => spellHeading(change, text))}
      keep={text.meanwhile.keep}
      {...ways}
    />
  )
}

function AutomationEditors({ id, since }: { readonly id: string; readonly since: number }) {
  const text = useText()
  const found = useQuery({
    queryKey: ['automation', id, 'revisions', 'since', since],
    queryFn: async () => (await client.automations.revisions(id)).items.filter(({ revision }) => revision > since),
  })
  const [last] = found.data ?? []
  if (last === undefined) return null
  return <Editors names={found.data?.map(({ by }) => by ?? text.product) ?? []} at={last.at} />
}

/** As the wizard would write it, so that nothing differs but what somebody changed. */
function spellAlike(automation: Automation): Settings {
  return asSettings(draftOf(automation, ''), automation)
}

/** What the wizard has no fields for is as it was. */
function asSettings(draft: Draft, { paused_reason, fires_per_minute_max }: Automation): Settings {
  const filter = hasFilter(draft) ? filterOf(draft) : draft.conditions
  return { ...settingsOf({ ...draft, conditions: '{}' }), filter, paused_reason, fires_per_minute_max }
}
