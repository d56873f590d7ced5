import { List, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import type { AnswerOf } from '../../api/signatures.js'
import { useTexts } from '../../language/language.js'
import { useFormat } from '../../language/use-format.js'
import { importTexts } from './import-texts.js'

const FAULTS = ['empty', 'repeated', 'invalid', 'tooLong'] as const

/** What an import did with the rows of a file, and where those are that were passed over. */
export function ImportReportView({ report }: { readonly report: AnswerOf<'blocklist.custom.importCsv'> }) {
  const t = useTexts(importTexts)
  const format = useFormat()
  const faults = FAULTS.filter((fault) => report[fault] > 0)
  return (
    <Stack gap="xs" role="status">
      <Title order={3} size="h5">
        {t.report}
      </Title>
      <Text fw={600}>{t.taken(format.number(report.valid), format.number(report.total))}</Text>
      {faults.length > 0 && (
        <List size="sm">
          {faults.map((fault) => (
            <List.Item key={fault}>
              {t[fault]}: {format.number(report[fault])}
            </List.Item>
          ))}
        </List>
      )}
      {report.rows.length > 0 && (
        <ScrollArea.Autosize mah="14rem">
          <Table aria-label={t.rows}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th w="6rem">{t.line}</Table.Th>
                <Table.Th>{t.why}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.rows.map(({ line, reason }) => (
                <Table.Tr key={line}>
                  <Table.Td>{format.number(line)}</Table.Td>
                  <Table.Td>{t[reason]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </Stack>
  )
}
