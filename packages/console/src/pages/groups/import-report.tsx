import { Alert, Stack, Table, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { AnswerOf } from '../../api/signatures.js'
import { type Column, DataTable } from '../../components/data-table.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { importTexts } from './import-texts.js'

type Report = AnswerOf<'groups.importCsv'>
type Left = Report['rows'][number]

const COUNTS = [
  'total',
  'valid',
  'empty',
  'repeated',
  'invalid',
  'tooLong',
] as const satisfies readonly (keyof Report)[]

/** What an import did: how many rows it took over, and which it did not (GRP-4). */
export function ImportReport({ file, report }: { readonly file: string; readonly report: Report }) {
  const t = useTexts(importTexts)
  const format = useFormat()
  const left = report.total - report.valid
  const columns: readonly Column<Left>[] = [
    { key: 'line', header: t.line, width: '6rem', align: 'end', cell: ({ line }) => format.number(line) },
    { key: 'reason', header: t.reason, width: 'minmax(12rem, 1fr)', cell: ({ reason }) => t[reason] },
  ]
  return (
    <Stack gap="sm">
      <Alert
        color={left === 0 ? 'green' : 'yellow'}
        icon={left === 0 ? <IconCheck /> : <IconAlertTriangle />}
        title={t.imported(file)}
      >
        {left === 0
          ? t.allTaken(format.number(report.valid))
          : t.someTaken(format.number(report.valid), format.number(left))}
      </Alert>
      <Table maw="24rem">
        <Table.Tbody>
          {COUNTS.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={name === 'valid' ? 700 : 400}>
                {t[name]}
              </Table.Th>
              <Table.Td ta="end">{format.number(report[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report.rows.length > 0 && (
        <>
          <Title order={3} size="h5">
            {report.rows.length < left ? t.firstLeft(format.number(report.rows.length)) : t.leftOut}
          </Title>
          <DataTable label={t.leftOut} columns={columns} rows={report.rows} rowKey={({ line }) => String(line)} />
        </>
      )}
    </Stack>
  )
}
