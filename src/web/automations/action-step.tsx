import { Alert, Anchor, Button, Group, Menu, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import type { Mistake } from '../../contract/problem.ts'
import { presetsFor } from '../../contract/presets.ts'
import { useTeam } from '../api/use-team.ts'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import { MistakeList } from './mistake-list.tsx'
import { PlainEditor } from './plain-editor.tsx'
import type { DraftState } from './use-draft.ts'
import { useWebhooks } from './use-webhooks.ts'

const TemplateEditor = lazy(() => import('./template-editor.tsx').then((part) => ({ default: part.TemplateEditor })))

/** Who is told, and what. */
export function ActionStep({
  draft,
  change,
  mistakes,
  remarks,
}: Pick<DraftState, 'draft' | 'change'> & {
  readonly mistakes: readonly Mistake[]
  readonly remarks: readonly Mistake[]
}) {
  const text = useText()
  const { teams, team } = useTeam()
  const webhooks = useWebhooks(draft.sends ? draft.team : undefined)
  const chosen = webhooks.data?.find(({ id }) => id === draft.webhook)
  useEffect(() => {
    if (draft.team === '' && team !== undefined) change({ team })
  }, [draft.team, team, change])
  const onPayload = mistakes.filter(({ pointer }) => pointer?.startsWith('#/action/template'))
  const onWebhook = mistakes.find(({ pointer }) => pointer?.startsWith('#/action/webhook'))
  const replace = (template: string, title: string) => {
    const own = draft.template
    change({ template })
    if (own.trim() !== '' && own !== template)
      showUndo({
        id: 'preset',
        message: text.wizard.replaced(title),
        text,
        onUndo: () => change({ template: own }),
      })
  }
  const editing = {
    value: draft.template,
    mistakes: onPayload,
    remarks,
    eventType: draft.eventType,
    secrets: [...(chosen?.granted_secrets ?? []), ...(chosen?.access_token ? ['ACCESS_TOKEN'] : [])],
    onChange: (template: string) => change({ template }),
  }
  return (
    <Stack>
      <SegmentedControl
        aria-label={text.wizard.type}
        value={draft.sends ? 'webhook' : 'no_op'}
        data={[
          { value: 'webhook', label: text.wizard.webhooks },
          { value: 'no_op', label: text.wizard.recordOnly },
        ]}
        onChange={(type) => change({ sends: type === 'webhook' })}
      />
      {draft.sends && (
        <>
          <Group align="end" grow preventGrowOverflow={false}>
            <NativeSelect
              label={text.wizard.team}
              value={draft.team}
              data={teams}
              onChange={({ currentTarget }) => change({ team: currentTarget.value, webhook: '' })}
            />
            <NativeSelect
              label={text.wizard.webhook}
              value={draft.webhook}
              error={onWebhook && text.server(onWebhook.detail)}
              data={[
                { value: '', label: text.common.choose },
                ...(webhooks.data ?? []).map(({ id, name, url }) => ({ value: id, label: `${name} · ${hostOf(url)}` })),
              ]}
              onChange={({ currentTarget }) => change({ webhook: currentTarget.value })}
            />
          </Group>
          {webhooks.data?.length === 0 && (
            <Alert color="idle">
              {text.wizard.noWebhooks}{' '}
              <Anchor component={Link} to={`/teams/${draft.team}/webhooks`}>
                {text.webhooks.create}
              </Anchor>
            </Alert>
          )}
          <Group justify="space-between" align="end">
            <div>
              <Text fw={500} size="sm">
                {text.wizard.payload}
              </Text>
              <Text size="xs" c="dimmed" id="payload-help">
                {text.wizard.payloadHelp}
              </Text>
            </div>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" size="xs">
                  {text.wizard.preset}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{text.wizard.presetHelp}</Menu.Label>
                {presetsFor(draft.eventType).map(({ name, title, template }) => (
                  <Menu.Item key={name} onClick={() => replace(template, title)}>
                    {text.server(title)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Group>
          <Suspense fallback={<PlainEditor {...editing} />}>
            <TemplateEditor {...editing} />
          </Suspense>
          <MistakeList
            template={draft.template}
            mistakes={onPayload}
            remarks={remarks}
            onFix={(template) => change({ template })}
          />
        </>
      )}
    </Stack>
  )
}

/** A whole address is for admins of its team; others see where it leads. */
function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
