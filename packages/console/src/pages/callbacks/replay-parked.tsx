import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.js'
import { readAgain } from '../../api/use-call.js'
import { ActionButton } from '../../components/action-button.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { componentTexts } from '../../components/texts.js'
import { useTexts } from '../../language/language.js'
import { attemptTexts } from './attempt-texts.js'
import { replayEach } from './replay-each.js'
import { useReplayed } from './use-replayed.js'

export function ReplayOne({ id }: { readonly id: string }) {
  const t = useTexts(attemptTexts)
  return (
    <ActionButton operation="callbacks.replay" args={[{ id }]} done={useReplayed()}>
      {t.replay}
    </ActionButton>
  )
}

interface Props {
  readonly ids: readonly string[]
  readonly onDone: () => void
}

/** The API replays one parked event or a period, so those that are chosen go one after the other. */
export function ReplaySelected({ ids, onDone }: Props) {
  const t = useTexts(attemptTexts)
  const common = useTexts(componentTexts)
  const replayed = useReplayed()
  const client = useQueryClient()
  const [opened, dialog] = useDisclosure()
  const replay = useMutation({
    mutationFn: () => replayEach(ids, (id) => call('callbacks.replay', [{ id }])),
    onSuccess: (sum) => {
      dialog.close()
      notifications.show({ color: 'green', message: replayed(sum) })
      onDone()
    },
    onSettled: () => readAgain(client),
  })
  return (
    <>
      <Button variant="default" size="xs" onClick={dialog.open}>
        {t.replaySelected}
      </Button>
      <Modal
        opened={opened}
        onClose={dialog.close}
        title={t.replayTitle}
        closeButtonProps={{ 'aria-label': common.close }}
      >
        <Stack>
          {replay.error !== null && <ProblemAlert error={replay.error} />}
          <Text>{t.replayText}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {common.cancel}
            </Button>
            <Button loading={replay.isPending} onClick={() => replay.mutate()}>
              {t.replay}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
