import type { CallbackWithSecret } from '@mailwright/core'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { CopyValue } from '../../components/copy-value.js'
import { useTexts } from '../../language/language.js'
import { callbackTexts } from './texts.js'

interface Props {
  /** null, or one that has kept its secret: nothing is shown. */
  readonly made: CallbackWithSecret | null
  readonly onClose: () => void
}

/** Shows a new secret, the only time it can be seen; so it closes by its button only. */
export function SecretDialog({ made, onClose }: Props) {
  const t = useTexts(callbackTexts)
  const secret = made?.secret ?? null
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={t.secretTitle}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {secret !== null && (
        <Stack>
          <Text size="sm" className="break">
            {made?.url}
          </Text>
          <Alert color="yellow" icon={<IconKey />}>
            {t.secretText}
          </Alert>
          <CopyValue value={secret} label={t.secretLabel} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.secretKept}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
