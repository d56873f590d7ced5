import { List, Stack } from '@mantine/core'
import type { Problem } from '../../api/problem.js'
import { ProblemAlert } from '../../components/problem-alert.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { csvFaults } from './csv-faults.js'
import { importTexts } from './import-texts.js'

/** Why nothing of a file was taken over, and where in it to look. */
export function CsvProblem({ file, problem }: { readonly file: string; readonly problem: Problem }) {
  const t = useTexts(importTexts)
  const format = useFormat()
  const faults = csvFaults(problem, t, format.number)
  return (
    <Stack gap="xs">
      <ProblemAlert error={problem} />
      <List size="sm">
        {faults.map((fault) => (
          <List.Item key={fault} className="break">
            {fault}
          </List.Item>
        ))}
        <List.Item className="break">{t.nothingTaken(file)}</List.Item>
      </List>
    </Stack>
  )
}
