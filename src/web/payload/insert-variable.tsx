import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { PickList, type Choice } from '../parts/pick-list.tsx'
import { useText } from '../parts/use-text.ts'
import { slotChoices, type SlotChoice, type SlotContext } from './slot-choices.ts'

/** The list of names for whoever does not type: searched, and told by what they are. */
export function InsertVariable({
  known,
  onInsert,
}: {
  readonly known: SlotContext
  readonly onInsert: (name: string) => void
}) {
  const text = useText()
  const [isOpen, setIsOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const found = slotChoices(known).filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
  const close = () => {
    setIsOpen(false)
    setTyped('')
  }
  const itemsOf = (...kinds: readonly SlotChoice['kind'][]): readonly Choice[] =>
    found
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ name, about }) => ({
        key: name,
        label: name,
        note: about && text.about(about),
        choose: () => {
          close()
          onInsert(name)
        },
      }))
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setIsOpen(true)}>
        {text.editing.insert}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={text.editing.insert}
        // The caret is where the name was put.
        returnFocus={false}
        closeButtonProps={{ 'aria-label': text.common.close }}
      >
        <PickList
          label={text.editing.find}
          typed={typed}
          onType={setTyped}
          groups={[
            { heading: text.editing.ofEvent, items: itemsOf('value', 'part') },
            { heading: text.webhooks.secrets, items: itemsOf('secret') },
            { heading: text.editing.blankHere, items: itemsOf('blank') },
          ]}
        />
      </Modal>
    </>
  )
}
