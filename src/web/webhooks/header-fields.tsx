import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { webhookLimits } from '../../contract/webhook.ts'
import { useText } from '../parts/use-text.ts'
import type { HeaderRow } from './draft.ts'
import { Fields } from './fields.tsx'
import type { FieldsProps } from './webhook-form.tsx'

/** Rows of names and values. */
export function HeaderFields({ draft: { headers }, onChange, mistakeAt }: FieldsProps) {
  const text = useText()
  const set = (key: number, change: Partial<HeaderRow>) =>
    onChange({ headers: headers.map((row) => (row.key === key ? { ...row, ...change } : row)) })
  return (
    <Fields legend={text.webhooks.headers}>
      {headers.length === 0 && (
        <Text size="sm" c="dimmed">
          {text.webhooks.noHeaders}
        </Text>
      )}
      {headers.map(({ key, name, value }, index) => (
        <Group key={key} gap="xs" align="start">
          <TextInput
            aria-label={text.webhooks.headerName(index + 1)}
            placeholder={text.common.name}
            value={name}
            error={mistakeAt(`headers/${index}/name`)}
            onChange={({ currentTarget }) => set(key, { name: currentTarget.value })}
            flex={1}
            miw={120}
            autoComplete="off"
            spellCheck={false}
          />
          <TextInput
            aria-label={text.webhooks.headerValue(index + 1)}
            value={value}
            error={mistakeAt(`headers/${index}/value`)}
            onChange={({ currentTarget }) => set(key, { value: currentTarget.value })}
            flex={2}
            miw={120}
            autoComplete="off"
            spellCheck={false}
          />
          <ActionIcon
            variant="subtle"
            size={36}
            aria-label={text.webhooks.removeHeader(index + 1)}
            onClick={() => onChange({ headers: headers.filter((row) => row.key !== key) })}
          >
            <IconTrash size={18} stroke={1.75} />
          </ActionIcon>
        </Group>
      ))}
      {headers.length < webhookLimits.customHeadersMax && (
        <Group>
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange({ headers: [...headers, { key: nextKey(headers), name: '', value: '' }] })}
          >
            {text.webhooks.addHeader}
          </Button>
        </Group>
      )}
    </Fields>
  )
}

function nextKey(rows: readonly HeaderRow[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1
}
