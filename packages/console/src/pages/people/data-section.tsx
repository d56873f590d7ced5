import { ScrollArea, Stack, Table, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly headers: readonly string[]
  readonly rows: readonly (readonly ReactNode[])[]
  readonly note?: ReactNode
}

/** One kind of what is kept; nothing of it, no section. */
export function DataSection({ title, headers, rows, note }: Props) {
  if (rows.length === 0) return null
  return (
    <Stack className="panel" gap="sm">
      <Title order={3} size="h4">
        {title}
      </Title>
      {note}
      <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
        <Table miw={headers.length * 120}>
          <Table.Thead>
            <Table.Tr>
              {headers.map((header) => (
                <Table.Th key={header}>{header}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: these rows are read once and never move
              <Table.Tr key={row}>
                {headers.map((header, at) => (
                  <Table.Td key={header} className="break">
                    {cells[at]}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Stack>
  )
}
