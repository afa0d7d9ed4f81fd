import { Button, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { UrlVerdict } from '../../contract/webhook-test.ts'
import { client } from '../api/client.ts'
import { StatusMark } from '../parts/status-mark.tsx'
import { useText } from '../parts/use-text.ts'
import { problemText } from '../parts/problem-text.ts'
import { useReceiver } from './use-receiver.ts'
import { Fields } from './fields.tsx'
import type { FieldsProps } from './webhook-form.tsx'

/** Name and URL; the URL is judged by the server when it is left. */
export function AddressFields({ draft, onChange, mistakeAt, team }: FieldsProps & { readonly team: string }) {
  const text = useText()
  const checking = useMutation({ mutationFn: (url: string) => client.webhooks.checkUrl(team, url) })
  const builtIn = useReceiver(team).data?.url
  const url = draft.url.trim()
  const isCurrent = checking.variables === url
  const verdict = isCurrent ? checking.data : undefined
  const refused = verdict?.mistakes.map(({ detail }) => text.server(detail)).join(' ') ?? ''
  return (
    <Fields legend={text.webhooks.address}>
      <TextInput
        label={text.common.name}
        description={text.webhooks.nameHelp}
        value={draft.name}
        error={mistakeAt('name')}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        autoComplete="off"
        data-autofocus
      />
      <div>
        <TextInput
          label={text.webhooks.url}
          description={text.webhooks.urlHelp}
          type="url"
          inputMode="url"
          value={draft.url}
          error={refused === '' ? mistakeAt('url') : refused}
          onChange={({ currentTarget }) => onChange({ url: currentTarget.value })}
          onBlur={() => {
            if (url !== '' && !isCurrent) checking.mutate(url)
          }}
          autoComplete="off"
          spellCheck={false}
        />
        {url === '' && builtIn !== undefined && builtIn !== null && (
          <Button variant="subtle" size="compact-sm" mt={4} onClick={() => onChange({ url: builtIn })}>
            {text.receiver.use}
          </Button>
        )}
        <div role="status" style={{ marginTop: 4 }}>
          {isCurrent && checking.isPending && <Text size="sm">{text.webhooks.urlChecking}</Text>}
          {isCurrent && checking.isError && <Text size="sm">{problemText(checking.error, text)}</Text>}
          {verdict?.ok === true && <Verdict warnings={verdict.warnings} />}
        </div>
      </div>
    </Fields>
  )
}

function Verdict({ warnings }: Pick<UrlVerdict, 'warnings'>) {
  const text = useText()
  return (
    <Text size="sm" component="div">
      {warnings.length === 0 ? (
        <StatusMark meaning="good" label={text.webhooks.urlFine} />
      ) : (
        <StatusMark meaning="warn" label={text.webhooks.urlWarns} />
      )}
      {warnings.map((warning) => (
        <Text size="sm" key={warning}>
          {text.server(warning)}
        </Text>
      ))}
    </Text>
  )
}
