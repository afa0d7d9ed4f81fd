import { Alert, Checkbox, Group, NativeSelect, Radio, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  eventTypeNames,
  eventTypes,
  type EventType,
  type FilterField,
  type ScopeType,
} from '../../contract/event-types.ts'
import { client } from '../api/client.ts'
import { useMe } from '../api/use-me.ts'
import { useTeam } from '../api/use-team.ts'
import { PlaceSelect } from '../parts/place-select.tsx'
import { problemText } from '../parts/problem-text.ts'
import { codeInput } from '../parts/code-input.ts'
import { useText } from '../parts/use-text.ts'
import { mayAutomate } from '../registry/use-place.ts'
import { ConditionFields } from './condition-fields.tsx'
import { hasFilter, isAliasEvent, regexFieldOf, type Draft, type Scope } from './draft.ts'
import { useCollections } from './use-collections.ts'
import type { DraftState } from './use-draft.ts'

const families = ['version', 'alias', 'tag', 'collection', 'custom', 'upkeep'] as const

const matchesMax = 5

/** Where, what, and under which conditions. The fields of an event appear under it, and nothing else moves. */
export function EventStep({
  draft,
  change,
  isNew,
  scopeName,
  matching,
  paths,
  errors,
}: Pick<DraftState, 'draft' | 'change'> & {
  readonly isNew: boolean
  readonly scopeName: string | undefined
  /** Aliases or tags of past events that the regular expression finds. */
  readonly matching: readonly string[]
  /** What conditions can name. */
  readonly paths: readonly string[]
  readonly errors: { readonly filter?: string | undefined; readonly regex?: string | undefined }
}) {
  const text = useText()
  const field = regexFieldOf(draft.eventType)
  return (
    <Stack>
      {isNew ? (
        <ScopeFields scope={draft.scope} onChange={(scope) => change({ scope })} />
      ) : (
        <Text>
          {text.wizard.where}: <strong>{scopeName}</strong>
        </Text>
      )}
      <Radio.Group label={text.wizard.event} value={draft.eventType} onChange={(eventType) => change({ eventType })}>
        <div className="event-types">
          {families.map((family) => (
            <Stack gap={6} py="xs" key={family}>
              <Text size="xs" c="dimmed" fw={500}>
                {text.wizard.families[family]}
              </Text>
              {eventTypeNames
                .filter((name) => eventTypes[name].family === family)
                .map((name) => (
                  <EventRadio key={name} name={name} scope={draft.scope} />
                ))}
            </Stack>
          ))}
        </div>
      </Radio.Group>
      {field !== undefined && (
        <TextInput
          label={field === 'alias' ? text.wizard.aliasRegex : text.wizard.tagRegex}
          description={text.wizard.regexHelp}
          value={draft.regex}
          styles={codeInput}
          error={errors.regex}
          onChange={({ currentTarget }) => change({ regex: currentTarget.value })}
        />
      )}
      {field !== undefined && errors.regex === undefined && matching.length > 0 && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {text.wizard.matches(matching.slice(0, matchesMax))}
        </Text>
      )}
      {isAliasEvent(draft.eventType) && (
        <Checkbox
          label={text.wizard.leaveOut}
          description="latest, v14"
          checked={draft.leaveOut}
          onChange={({ currentTarget }) => change({ leaveOut: currentTarget.checked })}
        />
      )}
      <ConditionFields
        key={draft.eventType}
        paths={paths}
        value={draft.conditions}
        error={hasFilter(draft) ? errors.filter : text.wizard.notJson}
        onChange={(conditions) => change({ conditions })}
      />
      <Fields draft={draft} />
    </Stack>
  )
}

const scopeTypes = { project: 'project', collection: 'collection', team: 'entity' } as const
const fits = (name: EventType, { kind }: Scope): boolean =>
  (eventTypes[name].scopes as readonly ScopeType[]).includes(scopeTypes[kind])

/** One that the scope cannot have is shown all the same, and says why. */
function EventRadio({ name, scope }: { readonly name: EventType; readonly scope: Scope }) {
  const text = useText()
  const isOut = !fits(name, scope)
  return (
    <Radio
      value={name}
      label={text.eventTitle(name)}
      disabled={isOut}
      {...(isOut
        ? { description: eventTypes[name].scopes.length === 1 ? text.wizard.onlyTeam : text.wizard.notOne }
        : {})}
    />
  )
}

/** What conditions can be about, with an example of each. */
function Fields({ draft }: { readonly draft: Draft }) {
  const text = useText()
  return (
    <details>
      <summary>{text.wizard.fields}</summary>
      <Stack gap={4} mt="xs">
        {Object.entries<FilterField>(eventTypes[draft.eventType].fields).map(([name, { about, example }]) => (
          <Text size="sm" key={name}>
            <code>{name}</code> {text.about(about)} <code>{JSON.stringify(example)}</code>
          </Text>
        ))}
      </Stack>
    </details>
  )
}

function ScopeFields({ scope, onChange }: { readonly scope: Scope; readonly onChange: (scope: Scope) => void }) {
  const text = useText()
  const teams = (useMe().data?.teams ?? []).filter(({ role }) => role !== 'viewer').map(({ name }) => name)
  const { team } = useTeam()
  const isTeam = scope.kind === 'team'
  return (
    <Group align="end">
      <SegmentedControl
        aria-label={text.wizard.where}
        value={isTeam ? 'team' : 'place'}
        data={[
          { value: 'place', label: text.wizard.place },
          { value: 'team', label: text.nav.switcher, disabled: teams.length === 0 },
        ]}
        onChange={(kind) =>
          onChange(
            kind === 'team'
              ? { kind: 'team', ref: teams.find((name) => name === team) ?? teams[0] ?? '' }
              : { kind: 'project', ref: '' },
          )
        }
      />
      {isTeam ? (
        <NativeSelect
          label={text.nav.switcher}
          value={scope.ref}
          data={teams}
          onChange={({ currentTarget }) => onChange({ kind: 'team', ref: currentTarget.value })}
        />
      ) : scope.kind === 'collection' ? (
        <OneCollection id={scope.ref} onWiden={(project) => onChange({ kind: 'project', ref: project })} />
      ) : (
        <>
          <PlaceSelect
            label={text.wizard.place}
            value={scope.ref}
            onChange={(ref) => onChange({ kind: 'project', ref })}
            of={mayAutomate}
            whenNone={text.wizard.noPlace}
          />
          {scope.ref !== '' && (
            <CollectionSelect place={scope.ref} onChoose={(ref) => onChange({ kind: 'collection', ref })} />
          )}
        </>
      )}
    </Group>
  )
}

function CollectionSelect({ place, onChoose }: { readonly place: string; readonly onChoose: (id: string) => void }) {
  const text = useText()
  const found = useCollections(place)
  return (
    <NativeSelect
      label={text.registry.collection}
      value=""
      data={[
        { value: '', label: text.wizard.allCollections },
        ...(found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ currentTarget: { value } }) => value !== '' && onChoose(value)}
    />
  )
}

function OneCollection({ id, onWiden }: { readonly id: string; readonly onWiden: (project: string) => void }) {
  const text = useText()
  const found = useQuery({ queryKey: ['collection', id], queryFn: () => client.collections.get(id) })
  if (found.isError) return <Alert color="bad">{problemText(found.error, text)}</Alert>
  return (
    <NativeSelect
      label={text.registry.collection}
      value={id}
      data={[
        { value: id, label: found.data?.full_name ?? id },
        { value: '', label: text.wizard.allCollections },
      ]}
      onChange={({ currentTarget: { value } }) => value === '' && onWiden(found.data?.project ?? '')}
    />
  )
}
