import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ProblemAlert } from '../../components/problem-alert.js'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { clearKept } from './inbox-api.js'
import { inboxTexts } from './texts.js'

export function ClearInbox() {
  const t = useTexts(inboxTexts)
  const common = useTexts(componentTexts)
  const client = useQueryClient()
  const [opened, dialog] = useDisclosure()
  const clear = useMutation({
    mutationFn: clearKept,
    onSuccess: () => {
      dialog.close()
      notifications.show({ color: 'green', message: t.cleared })
      return client.invalidateQueries({ queryKey: ['inbox'] })
    },
  })
  return (
    <>
      <Button color="red" variant="default" onClick={dialog.open}>
        {t.clear}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.clearTitle}
        closeButtonProps={{ 'aria-label': common.close }}
      >
        <Stack>
          <Text>{t.clearText}</Text>
          {clear.error !== null && <ProblemAlert error={clear.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {common.cancel}
            </Button>
            <Button color="red" loading={clear.isPending} onClick={() => clear.mutate()}>
              {common.confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
