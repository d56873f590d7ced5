import { Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { FileDrop } from '../../components/file-drop.js'
import { useTexts } from '../../language/language.js'
import { editorTexts } from './editor-texts.js'
import { type ReadSource, readSource } from './read-source.js'
import type { TemplateDraft } from './template-draft.js'

interface Props {
  readonly form: UseFormReturnType<TemplateDraft>
  readonly isNew: boolean
}

/** Puts a file into the editor. The file says of which type a new template is. */
export function UploadSource({ form, isNew }: Props) {
  const e = useTexts(editorTexts)
  const [refused, setRefused] = useState<Extract<ReadSource, { type: 'refused' }>['reason'] | null>(null)
  const take = async (file: File) => {
    const read = await readSource(file)
    setRefused(read.type === 'refused' ? read.reason : null)
    if (read.type === 'refused') return
    form.setFieldValue('body', read.source)
    if (isNew) form.setFieldValue('type', read.kind)
    notifications.show({ color: 'green', message: e.uploaded(file.name) })
  }
  const kinds = isNew ? '.html / .txt' : form.values.type === 'html' ? '.html' : '.txt'
  return (
    <Stack gap={4}>
      <FileDrop accept=".html,.htm,.txt" hint={e.upload(kinds)} onFile={(file) => void take(file)} />
      {refused !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {e[refused]}
        </Text>
      )}
    </Stack>
  )
}
