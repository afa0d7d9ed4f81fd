import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { client } from '../api/client.ts'
import { useText } from '../parts/use-text.ts'

/** Three steps to the first request; gone when they are done. */
export function FirstSteps({ team }: { readonly team: string }) {
  const text = useText()
  const steps = useQuery({
    queryKey: ['deliveries', 'first-steps', team],
    queryFn: async () => {
      const one = { limit: 1 }
      const [webhooks, automations, deliveries] = await Promise.all([
        client.webhooks.list(team, one),
        client.automations.list(one),
        client.deliveries.list({ team, ...one }),
      ])
      return [webhooks, automations, deliveries].map(({ items }) => items.length > 0)
    },
  })
  const done = steps.data
  if (done === undefined || done.every(Boolean)) return null
  const todo = [
    { label: text.overview.steps.webhook, to: `/teams/${team}/webhooks`, open: text.webhooks.title },
    { label: text.overview.steps.automation, to: '/automations/new', open: text.automations.create },
    { label: text.overview.steps.fire, to: '/registries', open: text.nav.registries },
  ]
  return (
    <Paper withBorder p="md" component="section" aria-label={text.overview.steps.title}>
      <Stack gap="sm">
        <Title order={2}>{text.overview.steps.title}</Title>
        <List type="ordered" spacing="xs">
          {todo.map(({ label, to, open }, index) => (
            <List.Item key={to}>
              <Group gap="sm">
                <Text>{label}</Text>
                {done[index] === true ? (
                  <Text c="dimmed">{text.overview.steps.done}</Text>
                ) : (
                  <Button component={Link} to={to} size="compact-sm" variant="default">
                    {open}
                  </Button>
                )}
              </Group>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  )
}
