import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { upload } from '../../api/call.js'
import { useMay } from '../../api/caller.js'
import { readAgain } from '../../api/use-call.js'
import { FileDrop } from '../../components/file-drop.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { ImportReportView } from './import-report.js'
import { importTexts } from './import-texts.js'

interface Props {
  readonly operation: 'blocklist.custom.importCsv' | 'blocklist.importSuppressions'
  readonly label: string
  readonly title: string
  readonly intro: string
  readonly accept: string
  readonly hint?: string
  /** null: something must be said before a file is taken. */
  readonly query: object | null
  readonly children: ReactNode
}

/** Sends a file and shows what became of its rows. */
export function ImportDialog({ operation, label, title, intro, accept, hint, query, children }: Props) {
  const t = useTexts(importTexts)
  const may = useMay(operation)
  const client = useQueryClient()
  const [opened, dialog] = useDisclosure()
  const sent = useMutation({
    mutationFn: (file: File) => upload(operation, [], file, query ?? {}),
    onSettled: () => readAgain(client),
  })
  if (!may) return null
  const open = () => {
    sent.reset()
    dialog.open()
  }
  return (
    <>
      <Button variant="default" size="sm" onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title} closeButtonProps={{ 'aria-label': t.close }}>
        <Stack>
          {sent.error !== null && <ProblemAlert error={sent.error} />}
          {sent.data === undefined ? (
            <>
              <Text size="sm">{intro}</Text>
              {children}
              {query === null ? (
                <Text size="sm" c="dimmed">
                  {t.chooseFirst}
                </Text>
              ) : (
                <FileDrop accept={accept} onFile={sent.mutate} busy={sent.isPending} {...(hint && { hint })} />
              )}
            </>
          ) : (
            <>
              <ImportReportView report={sent.data} />
              <Group justify="flex-end">
                <Button variant="default" onClick={sent.reset}>
                  {t.again}
                </Button>
                <Button onClick={dialog.close}>{t.close}</Button>
              </Group>
            </>
          )}
        </Stack>
      </Modal>
    </>
  )
}
