import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import { useMay } from '../api/caller.js'
import type { Operation } from '../api/operations.js'
import type { AnswerOf, ArgumentsOf } from '../api/signatures.js'
import { useAction } from '../api/use-call.js'
import { useTexts } from '../language/language.js'
import { ProblemAlert } from './problem-alert.js'
import { componentTexts } from './texts.js'

interface Props<O extends Operation>
  extends Pick<ButtonProps, 'color' | 'size' | 'variant' | 'leftSection' | 'disabled'> {
  readonly operation: O
  readonly args: ArgumentsOf<O>
  readonly children: ReactNode
  /** Asks a second time, saying what will happen. `yes` and `no` are the buttons, where “Confirm” and “Cancel” could be misread. */
  readonly confirm?:
    | { readonly title: string; readonly text: ReactNode; readonly yes?: string; readonly no?: string }
    | undefined
  /** Said when it has worked. */
  readonly done?: string | ((answer: AnswerOf<O>) => string)
  readonly onDone?: (answer: AnswerOf<O>) => void
}

/** A button that calls an operation, if the role allows it: asks before, waits, and says what came of it. */
export function ActionButton<O extends Operation>({
  operation,
  args,
  children,
  confirm,
  done,
  onDone,
  ...look
}: Props<O>) {
  const t = useTexts(componentTexts)
  const may = useMay(operation)
  const action = useAction(operation)
  const [opened, dialog] = useDisclosure()
  const [error, setError] = useState<unknown>(null)
  if (!may) return null
  const act = async () => {
    setError(null)
    try {
      const answer = await action.mutateAsync(args)
      dialog.close()
      notifications.show({ color: 'green', message: (typeof done === 'function' ? done(answer) : done) ?? t.done })
      onDone?.(answer)
    } catch (problem) {
      setError(problem)
      dialog.open()
    }
  }
  const begin = confirm === undefined ? () => void act() : dialog.open
  const title = confirm?.title ?? (typeof children === 'string' ? children : t.problem)
  return (
    <>
      <Button variant="default" size="xs" {...look} loading={action.isPending && !opened} onClick={begin}>
        {children}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} closeButtonProps={{ 'aria-label': t.close }}>
        <Stack>
          {confirm && <Text className="break">{confirm.text}</Text>}
          {error !== null && <ProblemAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {confirm ? (confirm.no ?? t.cancel) : t.close}
            </Button>
            {confirm && (
              <Button color={look.color ?? 'indigo'} loading={action.isPending} onClick={() => void act()}>
                {confirm.yes ?? t.confirm}
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
