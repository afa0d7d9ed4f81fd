import { Autocomplete, Button, Code, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AuditEntry } from '../../contract/who.ts'
import { client } from '../api/client.ts'
import { usePages } from '../api/pages.ts'
import { useNamed } from '../api/use-address.ts'
import { useIsAdmin } from '../api/use-is-admin.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { ForAdmins } from '../parts/for-admins.tsx'
import { Listing } from '../parts/listing.tsx'
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
  const [typed, setTyped] = useState({ action: '', actor: '' })
  const [{ action, actor }, setAsked] = useState(typed)
  const query = { ...(action === '' ? {} : { action }), ...(actor === '' ? {} : { actor }) }
  const pages = usePages<AuditEntry>(['audit', team, query], (page) => client.teams.audit(team, { ...query, ...page }))
  return (
    <>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault()
          setAsked({ action: typed.action.trim(), actor: typed.actor.trim() })
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
      <Listing
        label={text.people.audit}
        pages={pages}
        keyOf={({ id }) => id}
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
