import { Button, Group, MultiSelect, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { signatureEncodings } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { useStays } from '../api/leaving.ts'
import { useText } from '../parts/use-text.ts'
import { Fields } from './fields.tsx'
import type { FieldsProps } from './webhook-form.tsx'

/** Which secrets of the team it uses, and how its requests are signed. */
export function SecretFields({
  draft,
  onChange,
  mistakeAt,
  team,
  onNewSecret,
}: FieldsProps & { readonly team: string; readonly onNewSecret: () => void }) {
  const text = useText()
  const stays = useStays()
  const secrets = useQuery({
    queryKey: ['secrets', team, 'choice'],
    queryFn: async () => (await client.secrets.list(team, { limit: 100 })).items,
    select: (items) => items.filter(stays),
  })
  const names = secrets.data?.map(({ name }) => name) ?? []
  // What is chosen stays to be seen, even where it is gone by now.
  const known = [...new Set([...names, draft.accessToken, draft.secret, ...draft.granted])].filter(
    (name) => name !== '',
  )
  const choices = [{ value: '', label: text.common.none }, ...known.map((name) => ({ value: name, label: name }))]
  return (
    <>
      <Fields legend={text.webhooks.signIn}>
        {secrets.isSuccess && names.length === 0 && <Text size="sm">{text.webhooks.noSecrets}</Text>}
        <NativeSelect
          label={text.webhooks.accessToken}
          description={text.webhooks.accessTokenHelp}
          value={draft.accessToken}
          data={choices}
          error={mistakeAt('access_token')}
          onChange={({ currentTarget }) => onChange({ accessToken: currentTarget.value })}
        />
        <MultiSelect
          label={text.webhooks.more}
          description={text.webhooks.moreHelp}
          value={[...draft.granted]}
          data={known}
          error={mistakeAt('granted_secrets')}
          onChange={(granted) => onChange({ granted })}
          searchable
          hidePickedOptions
        />
        <Group>
          <Button variant="default" size="xs" onClick={onNewSecret}>
            {text.secrets.create}
          </Button>
        </Group>
      </Fields>
      <Fields legend={text.webhooks.signing}>
        <Text size="sm" c="dimmed">
          {text.webhooks.signingNote}
        </Text>
        <NativeSelect
          label={text.webhooks.secret}
          description={text.webhooks.secretHelp}
          value={draft.secret}
          data={choices}
          error={mistakeAt('secret')}
          onChange={({ currentTarget }) => onChange({ secret: currentTarget.value })}
        />
        <NativeSelect
          label={text.webhooks.encoding}
          description={text.webhooks.encodingHelp}
          value={draft.encoding}
          data={[...signatureEncodings]}
          error={mistakeAt('signature_encoding')}
          onChange={({ currentTarget: { value } }) =>
            onChange({ encoding: signatureEncodings.find((encoding) => encoding === value) ?? draft.encoding })
          }
        />
      </Fields>
    </>
  )
}
