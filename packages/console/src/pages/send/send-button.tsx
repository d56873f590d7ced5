import type { SendAnswer, SendRegularInput } from '@mailwright/core'
import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSend } from '@tabler/icons-react'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { RECIPIENTS_MAX } from './recipient-lines.js'
import { SendDialog } from './send-dialog.js'
import type { Lack } from './send-draft.js'
import { sendTexts } from './texts.js'

interface Props {
  readonly input: SendRegularInput
  readonly subject: string
  readonly lack: Lack | null
  readonly onSent: (answer: SendAnswer) => void
}

/** Says what is missing, as long as something is. */
export function SendButton({ input, subject, lack, onSent }: Props) {
  const t = useTexts(sendTexts)
  const [opened, dialog] = useDisclosure()
  const reason = useReason(lack)
  return (
    <Group>
      <Button leftSection={<IconSend size={18} />} disabled={lack !== null} onClick={dialog.open}>
        {t.send}
      </Button>
      {reason !== null && (
        <Text size="sm" c="dimmed" className="break" role="status" flex="1 1 12rem">
          {reason}
        </Text>
      )}
      {opened && <SendDialog input={input} subject={subject} onClose={dialog.close} onSent={onSent} />}
    </Group>
  )
}

function useReason(lack: Lack | null): string | null {
  const t = useTexts(sendTexts)
  const format = useFormat()
  if (lack === null) return null
  switch (lack.type) {
    case 'variables':
      return t.tooManyVariables(lack.names.join(', '))
    case 'value':
      return t.needValue(lack.name)
    case 'repeated':
      return t.repeated(lack.recipient)
    case 'tooMany':
      return t.tooMany(format.number(RECIPIENTS_MAX))
    case 'template':
      return t.needTemplate
    case 'preview':
      return t.needPreview
    case 'from':
      return t.needFrom
    case 'to':
      return t.needTo
    case 'subject':
      return t.needSubject
  }
}
