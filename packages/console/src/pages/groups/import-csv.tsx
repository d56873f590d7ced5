import type { GroupView } from '@mailwright/core'
import { Radio, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { upload } from '../../api/call.js'
import type { Problem } from '../../api/problem.js'
import type { AnswerOf } from '../../api/signatures.js'
import { readAgain } from '../../api/use-call.js'
import { FileDrop } from '../../components/file-drop.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { CsvProblem } from './csv-problem.js'
import { ImportReport } from './import-report.js'
import { importTexts } from './import-texts.js'

type Report = AnswerOf<'groups.importCsv'>

/** Takes a file, and says what became of its rows. */
export function ImportCsv({ group }: { readonly group: GroupView }) {
  const t = useTexts(importTexts)
  const format = useFormat()
  const client = useQueryClient()
  const [mode, setMode] = useState('append')
  const sent = useMutation<Report, Problem, File>({
    mutationFn: (file) => upload('groups.importCsv', [group.name], file, { mode }),
    onSettled: () => readAgain(client),
  })
  const { isPending: busy, variables: file } = sent
  return (
    <Stack className="panel" gap="md">
      <Title order={2} size="h4">
        {t.import}
      </Title>
      {group.rows > 0 && (
        <Radio.Group label={t.mode} value={mode} onChange={setMode}>
          <Stack gap={6} mt={6}>
            <Radio value="append" label={t.append} description={t.appendHint} />
            <Radio value="replace" label={t.replace} description={t.replaceHint} />
          </Stack>
        </Radio.Group>
      )}
      <FileDrop accept=".csv,text/csv" hint={t.drop} busy={busy} onFile={(chosen) => !busy && sent.mutate(chosen)} />
      <div role="status" aria-busy={busy}>
        {busy && file && <Text size="sm">{t.reading(file.name, format.kilobytes(file.size))}</Text>}
        {sent.data && file && <ImportReport file={file.name} report={sent.data} />}
      </div>
      {sent.error && file && <CsvProblem file={file.name} problem={sent.error} />}
    </Stack>
  )
}
