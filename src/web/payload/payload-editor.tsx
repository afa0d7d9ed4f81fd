import { Button, Group, Menu, Stack, Text } from '@mantine/core'
import { lazy, Suspense, useId } from 'react'
import { presetsFor } from '../../contract/presets.ts'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import { formatTemplate } from './format-template.ts'
import { InsertVariable } from './insert-variable.tsx'
import { PlainEditor, type EditorProps } from './plain-editor.tsx'

const TemplateEditor = lazy(() => import('./template-editor.tsx').then((part) => ({ default: part.TemplateEditor })))

/** A payload with its presets, its variables, and whatever is told below it. */
export function PayloadEditor(props: Omit<EditorProps, 'describedBy'>) {
  const text = useText()
  const id = useId()
  const { value, eventType, handle, onChange } = props
  const replace = (template: string, message: string) => {
    onChange(template)
    if (value.trim() !== '' && value !== template)
      showUndo({ id: 'preset', message, text, onUndo: () => onChange(value) })
  }
  const editing = { ...props, describedBy: id }
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="end">
        <div>
          <Text fw={500} size="sm">
            {text.wizard.payload}
          </Text>
          <Text size="xs" c="dimmed" id={id}>
            {text.wizard.payloadHelp}
          </Text>
        </div>
        <Group gap="xs">
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" size="xs">
                {text.wizard.preset}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{text.wizard.presetHelp}</Menu.Label>
              {presetsFor(eventType).map(({ name, title, template }) => (
                <Menu.Item key={name} onClick={() => replace(template, text.wizard.replaced(title))}>
                  {text.server(title)}
                </Menu.Item>
              ))}
              <Menu.Item onClick={() => replace('{}', text.wizard.replaced('{}'))}>{text.editing.empty}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <InsertVariable known={props} onInsert={(name) => handle.current?.insert(`\${${name}}`)} />
          <Button variant="default" size="xs" onClick={() => onChange(formatTemplate(value))}>
            {text.editing.format}
          </Button>
        </Group>
      </Group>
      <Suspense fallback={<PlainEditor {...editing} />}>
        <TemplateEditor {...editing} />
      </Suspense>
    </Stack>
  )
}
