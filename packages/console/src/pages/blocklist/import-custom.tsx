import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../language/language.js'
import { customTexts } from './custom-texts.js'
import { ImportDialog } from './import-dialog.js'
import { importTexts } from './import-texts.js'
import { momentOf } from './moments.js'

/** Blocks what a CSV lists; period and reason hold for rows that give none of their own. */
export function ImportCustom() {
  const t = useTexts(importTexts)
  const fields = useTexts(customTexts)
  const [startsAt, setStart] = useState('')
  const [endsAt, setEnd] = useState('')
  const [reason, setReason] = useState('')
  return (
    <ImportDialog
      operation="blocklist.custom.importCsv"
      label={t.custom}
      title={t.customTitle}
      intro={t.customHint}
      accept=".csv,text/csv"
      query={{ startsAt: momentOf(startsAt), endsAt: momentOf(endsAt), reason: reason.trim() }}
    >
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          label={fields.startsAt}
          description={fields.startsAtHint}
          value={startsAt}
          onChange={({ currentTarget }) => setStart(currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={fields.endsAt}
          description={fields.endsAtHint}
          value={endsAt}
          onChange={({ currentTarget }) => setEnd(currentTarget.value)}
        />
      </Group>
      <TextInput
        label={fields.reason}
        description={fields.reasonHint}
        maxLength={300}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ImportDialog>
  )
}
