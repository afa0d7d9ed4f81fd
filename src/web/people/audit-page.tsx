import { Autocomplete, Button, Code, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { AuditEntry } from '../../contract/who.ts'
import { client } from '../api/client.ts'
import { useKeptPlace, useNamed, useSearched } from '../api/use-address.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { useLivePages } from '../api/use-live-pages.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ForAdmins } from '../parts/for-admins.tsx'
import { LiveListing } from '../parts/live-listing.tsx'
import { Moment } from '../parts/moment.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'

/** What is acted on in a team; verbs follow after a dot. */
const nouns = ['automation', 'collection', 'delivery', 'project', 'redelivery', 'secret', 'version', 'webhook']

/** By its name where the entry tells it, and the id beside it. */
function nameOf({ subject, details: { name } }: AuditEntry): string {
  return typeof name === 'string' ? `${name} (${subject})` : subject
}

/** Who did what in a team: for its admins, and nobody can change it. */
export function AuditPage() {
  const text = useText()
  const { team = '' } = useNamed()
  return (
    <Page title={text.people.audit}>
      {useIsAdmin(team) ? <AuditLog team={team} /> : <ForAdmins team={team} say={text.people.auditForAdmins} />}
    </Page>
  )
}

function AuditLog({ team }: { readonly team: string }) {
  const text = useText()
  const navigate = useNavigate()
  const { action, who } = useSearched()
  const kept = useKeptPlace()
  const [typed, setTyped] = useState({ action: action ?? '', actor: who ?? '' })
  const query = { ...(action === undefined ? {} : { action }), ...(who === undefined ? {} : { actor: who }) }
  const live = useLivePages<AuditEntry>(
    ['audit', team, query],
    (page) => client.teams.audit(team, { ...query, ...page }),
    kept.after,
  )
  return (
    <>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault()
          const asked = { action: given(typed.action), who: given(typed.actor) }
          void navigate({ to: '/teams/$team/audit', params: { team }, search: asked })
        }}
      >
        <Group align="end" data-filters>
          <Autocomplete
            data={nouns}
            label={text.people.did}
            description={text.people.didHelp}
            value={typed.action}
            onChange={(chosen) => setTyped({ ...typed, action: chosen })}
          />
          <TextInput
            label={text.people.who}
            description={text.people.whoHelp}
            value={typed.actor}
            onChange={({ currentTarget }) => setTyped({ ...typed, actor: currentTarget.value })}
          />
          <Button type="submit" variant="default">
            {text.people.filter}
          </Button>
        </Group>
      </form>
      <LiveListing
        key={JSON.stringify([team, query])}
        label={text.people.audit}
        live={live}
        kept={kept}
        fresh={text.people.freshAudit}
        whenEmpty={<EmptyState title={text.people.noAudit} />}
        columns={[
          { heading: text.common.when, card: 'mark', cell: ({ at }) => <Moment at={at} /> },
          { heading: text.people.who, cell: ({ actor }) => actor ?? text.product },
          { heading: text.people.did, card: 'name', cell: ({ action }) => <Code>{action}</Code> },
          { heading: text.people.onWhat, cell: (entry) => nameOf(entry) },
          {
            heading: text.people.details,
            cell: ({ details }) =>
              Object.keys(details).length > 0 && (
                <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{JSON.stringify(details)}</Code>
              ),
          },
        ]}
      />
    </>
  )
}

function given(typed: string): string | undefined {
  const name = typed.trim()
  return name === '' ? undefined : name
}
