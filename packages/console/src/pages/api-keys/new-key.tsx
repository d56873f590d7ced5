import type { NewApiKey } from '@mailwright/core'
import { Alert, Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { hrefOf } from '../../api/url-of.js'
import { CopyValue } from '../../components/copy-value.js'
import { useTexts } from '../../language/language.js'
import { apiKeyTexts } from './texts.js'

interface Props {
  readonly made: NewApiKey | null
  readonly onClose: () => void
}

/** The only time that the key is seen: a click beside the dialog does not close it. */
export function NewKey({ made, onClose }: Props) {
  const t = useTexts(apiKeyTexts)
  return (
    <Modal
      opened={made !== null}
      onClose={onClose}
      title={made === null ? '' : t.shownTitle(made.name)}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {made !== null && (
        <Stack>
          <Alert color="yellow">{t.shownOnce}</Alert>
          <CopyValue value={made.key} label={t.key} />
          <Title order={3} size="h5">
            {t.useTitle}
          </Title>
          <Text size="sm">{t.use}</Text>
          <Code
            block
            className="break"
            style={{ whiteSpace: 'pre-wrap' }}
          >{`curl -H 'Authorization: Bearer ${made.key}' ${hrefOf('domains.list')}`}</Code>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.copied}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
