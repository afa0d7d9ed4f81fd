import { List, Stack, Tabs, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Webhook } from '../../contract/webhook.ts'
import { client } from '../api/client.ts'
import { CopyCode } from '../parts/copy-code.tsx'
import { Facts } from '../parts/facts.tsx'
import { Moment } from '../parts/moment.tsx'
import { ProblemAlert } from '../parts/problem-alert.tsx'
import { useText } from '../parts/use-text.ts'
import { Arrivals } from './arrivals.tsx'
import { receiverSamples } from './receiver-samples.ts'
import { ShellScript, storedScript } from './shell-script.tsx'

/** For whoever writes the receiver: what arrives, how to verify it, and a script that sends such a request. */
export function ReceiverTab({ webhook, team }: { readonly webhook: Webhook; readonly team: string }) {
  const text = useText()
  const { id, access_token, secret, signature_encoding } = webhook
  return (
    <Stack gap="lg" maw={860}>
      <Arrivals team={team} webhook={webhook} />
      <Stack gap="sm">
        <Title order={2}>{text.webhook.arrives}</Title>
        <Facts
          facts={[
            ['webhook-id', text.webhook.idNote],
            ['webhook-timestamp', text.webhook.timestampNote],
            ['webhook-signature', text.webhook.signatureNote],
            ['X-Wandb-Signature', text.webhook.wandbNote(signature_encoding, secret ?? text.webhook.ownSecret)],
            ['Authorization', access_token !== null && text.webhook.authorizationNote(access_token)],
          ]}
        />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{text.webhooks.signingSecret}</Title>
        <SigningSecrets id={id} />
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{text.webhook.verify}</Title>
        <Tabs defaultValue={receiverSamples[0].name} keepMounted={false}>
          <Tabs.List>
            {receiverSamples.map(({ name }) => (
              <Tabs.Tab key={name} value={name}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {receiverSamples.map(({ name, code }) => (
            <Tabs.Panel key={name} value={name} pt="sm">
              <CopyCode code={code} label={text.webhook.sample(name)} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
      <Stack gap="sm">
        <Title order={2}>{text.webhooks.script}</Title>
        <ShellScript source={storedScript(id)} />
      </Stack>
    </Stack>
  )
}

/** Since when each signs, and how long; never a value. */
function SigningSecrets({ id }: { readonly id: string }) {
  const text = useText()
  const found = useQuery({
    queryKey: ['webhook', id, 'signing-secrets'],
    queryFn: async () => (await client.webhooks.listSigningSecrets(id)).items,
  })
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />
  return (
    <List size="sm">
      {found.data?.map(({ created_at, expires_at }) => (
        <List.Item key={created_at}>
          {text.webhook.signsSince} <Moment at={created_at} />
          {expires_at !== null && (
            <>
              {' · '}
              <Text span inherit>
                {text.webhook.signsUntil} <Moment at={expires_at} />
              </Text>
            </>
          )}
        </List.Item>
      ))}
    </List>
  )
}
