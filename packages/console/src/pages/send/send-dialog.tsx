import type { SendAnswer, SendRegularInput } from '@mailwright/core'
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Problem } from '../../api/problem.js'
import { useAction } from '../../api/use-call.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { recipientOfField } from './recipient-lines.js'
import { RecipientTable } from './recipient-table.js'
import { refusedMessages } from './refused-messages.js'
import { sendTexts } from './texts.js'

interface Props {
  readonly input: SendRegularInput
  readonly subject: string
  readonly onClose: () => void
  readonly onSent: (answer: SendAnswer) => void
}

/** Asks a second time, since mail cannot be called back. */
export function SendDialog({ input, subject, onClose, onSent }: Props) {
  const t = useTexts(sendTexts)
  const format = useFormat()
  const { mutate, isPending, error } = useAction('sendRegular')
  const recipients = [input.to].flat()
  const people = t.people(format.number(recipients.length), recipients.length === 1)
  return (
    <Modal opened onClose={onClose} title={t.confirmTitle(people)} closeButtonProps={{ 'aria-label': t.close }}>
      <Stack>
        <Named name={t.subject}>
          <strong>{subject}</strong>
        </Named>
        <Named name={t.from}>{input.from}</Named>
        <List size="sm" className="break">
          {recipients.map((recipient) => (
            <List.Item key={recipient}>{recipient}</List.Item>
          ))}
        </List>
        <Text size="sm">
          {t.confirmText} {recipients.length > 1 && t.confirmSee}
        </Text>
        {error !== null && <Refused error={error} recipients={recipients} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button loading={isPending} onClick={() => mutate([input], { onSuccess: onSent })}>
            {t.sendNow}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Named({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Text className="break">
      <Text span c="dimmed" inherit>
        {name}
      </Text>{' '}
      {children}
    </Text>
  )
}

function Refused({ error, recipients }: { readonly error: Problem; readonly recipients: readonly string[] }) {
  const t = useTexts(sendTexts)
  const format = useFormat()
  const messages = refusedMessages(error, recipients)
  const index = recipientOfField(error.details.field)
  return (
    <>
      <ProblemAlert error={error} />
      {index !== null && (
        <Text size="sm" fw={600} className="break">
          {t.which(format.number(index + 1), recipients[index] ?? '')}
        </Text>
      )}
      {messages.length > 0 && <RecipientTable messages={messages} />}
    </>
  )
}
