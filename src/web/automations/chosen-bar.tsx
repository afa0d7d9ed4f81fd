import { Alert, Button, CloseButton, Group, List, Paper, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Automation } from '../../contract/automation.ts'
import { client, queries } from '../api/client.ts'
import { leaving } from '../api/leaving.ts'
import { Confirm } from '../parts/confirm.tsx'
import { problemText } from '../parts/problem-text.ts'
import { showUndo } from '../parts/show-undo.tsx'
import { useText } from '../parts/use-text.ts'
import { actOnAll } from './act-on-all.ts'
import type { Chosen } from './use-chosen.ts'

type Verb = 'enable' | 'disable' | 'delete' | 'restore'

interface Order {
  readonly verb: Verb
  readonly on: readonly Automation[]
}

/** What can be done with all that are ticked; how far it is, and what was refused and why. */
export function ChosenBar({ chosen }: { readonly chosen: Chosen<Automation> }) {
  const text = useText()
  const [done, setDone] = useState(0)
  const [deleting, setDeleting] = useState(false)
  const act = useMutation({
    mutationFn: ({ verb, on }: Order) => {
      setDone(0)
      if (verb === 'delete') leaving.add(...idsOf(on))
      return actOnAll(on, ({ id }) => client.automations[verb](id), setDone)
    },
    onSuccess: (refused, { verb, on }) => {
      const changed = on.filter((one) => !refused.some(({ item }) => item === one))
      if (verb === 'delete') leaving.remove(...idsOf(refused.map(({ item }) => item)))
      if (verb === 'restore') leaving.remove(...idsOf(changed))
      if (verb === 'delete' && changed.length > 0)
        showUndo({
          id: 'chosen-deleted',
          message: text.chosen.deleted(changed.length),
          text,
          of: 'deletion',
          onUndo: () => act.mutate({ verb: 'restore', on: changed }),
        })
      const turnedOff = changed.filter((one) => one.enabled)
      if (verb === 'disable' && turnedOff.length > 0)
        showUndo({
          id: 'chosen',
          message: text.chosen.turnedOff(turnedOff.length),
          text,
          onUndo: () => act.mutate({ verb: 'enable', on: turnedOff }),
        })
    },
    onError: (_signedOut, { verb, on }) => {
      if (verb === 'delete') leaving.remove(...idsOf(on))
    },
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['automations'] }),
        queries.invalidateQueries({ queryKey: ['automation'] }),
      ])
    },
  })
  const count = chosen.items.length
  const order = (verb: Verb) => act.mutate({ verb, on: chosen.items })
  return (
    <>
      {act.data !== undefined && act.data.length > 0 && (
        <Alert
          color="bad"
          role="alert"
          title={text.chosen.refused(act.data.length)}
          withCloseButton
          closeButtonLabel={text.common.close}
          onClose={() => act.reset()}
        >
          <List size="sm">
            {act.data.map(({ item, error }) => (
              <List.Item key={item.id}>
                {item.name}: {problemText(error, text)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {count > 0 && (
        <Paper withBorder shadow="md" p="sm" className="chosen" component="section" aria-label={text.chosen.title}>
          <Group gap="sm">
            <Text size="sm" fw={500} role="status">
              {act.isPending ? text.chosen.progress(done, act.variables.on.length) : text.chosen.count(count)}
            </Text>
            <Button size="xs" variant="default" disabled={act.isPending} onClick={() => order('enable')}>
              {text.chosen.enable}
            </Button>
            <Button size="xs" variant="default" disabled={act.isPending} onClick={() => order('disable')}>
              {text.chosen.disable}
            </Button>
            <Button size="xs" variant="default" disabled={act.isPending} onClick={() => setDeleting(true)}>
              {text.chosen.delete}
            </Button>
            <CloseButton aria-label={text.chosen.clear} onClick={() => chosen.chooseAll(false)} />
          </Group>
        </Paper>
      )}
      {deleting && (
        <Confirm
          title={text.chosen.deleteTitle(count)}
          body={`${text.chosen.names(chosen.items.map(({ name }) => name))} ${text.chosen.deleteBody}`}
          verb={text.chosen.deleteVerb(count)}
          error={null}
          busy={false}
          onConfirm={() => {
            setDeleting(false)
            order('delete')
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  )
}

function idsOf(automations: readonly Automation[]): readonly string[] {
  return automations.map(({ id }) => id)
}
