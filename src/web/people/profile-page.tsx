import { Button, Stack, Switch, Title } from '@mantine/core'
import { useMe } from '../api/use-me.ts'
import { useNewPanel } from '../api/use-panel.ts'
import { useShortcutsOn } from '../keys/use-shortcuts.ts'
import { Facts } from '../parts/facts.tsx'
import { LanguageSelect } from '../parts/language-select.tsx'
import { Page } from '../parts/page.tsx'
import { useText } from '../parts/use-text.ts'
import { ApiKeyDialog } from './api-key-dialog.tsx'
import { ApiKeyList } from './api-key-list.tsx'
import { PasswordForm } from './password-form.tsx'

/** Who one is, one's API keys and one's password. */
export function ProfilePage() {
  const text = useText()
  const me = useMe()
  const [shortcutsOn, setShortcutsOn] = useShortcutsOn()
  const [creating, open, close] = useNewPanel()
  return (
    <Page title={text.people.profile}>
      {me.data !== undefined && (
        <Facts
          facts={[
            [text.common.name, me.data.name],
            ...me.data.organizations.map(({ name, role }) => [name, text.people.roles[role]] as const),
            ...me.data.teams.map(({ name, role }) => [name, text.people.roles[role]] as const),
          ]}
        />
      )}
      <LanguageSelect />
      <Switch
        label={text.shortcuts.on}
        description={text.shortcuts.onHelp}
        checked={shortcutsOn}
        onChange={({ currentTarget }) => setShortcutsOn(currentTarget.checked)}
      />
      <Stack gap="xs">
        <Title order={2}>{text.people.keys}</Title>
        <ApiKeyList create={<Button onClick={open}>{text.people.newKey}</Button>} />
      </Stack>
      {me.data !== undefined && <PasswordForm person={me.data.id} />}
      {creating && <ApiKeyDialog onClose={close} />}
    </Page>
  )
}
